import { sql } from "kysely";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import type { ContactTables } from "../contacts/contact-tables.js";
import type { Reader } from "../db/database.js";
import { saidByEmployee } from "../employees/of-employee.js";
import { toldOfContact } from "../employees/told-to-start.js";
import type { FlowTables } from "../flows/flow-tables.js";
import type { IngestTables } from "../ingest/ingest-tables.js";
import type { SourceTables } from "../sources/source-tables.js";

export type RunTables = LedgerTables & FlowTables & IngestTables & ContactTables & SourceTables;

/** A run with what a list shows of it. */
const selectRuns = (reader: Reader, workspaceId: string) =>
  reader
    .withTables<RunTables>()
    .selectFrom("run")
    .innerJoin("flow", "flow.id", "run.flow_id")
    .innerJoin("flow_version", "flow_version.id", "run.flow_version_id")
    .innerJoin("revision", "revision.id", "run.revision_id")
    .innerJoin("response", "response.id", "run.response_id")
    .innerJoin("source", "source.id", "revision.source_id")
    .leftJoin("contact", "contact.id", "response.contact_id")
    .selectAll("run")
    .select((eb) => [
      "flow.name as flow_name",
      "flow_version.number as version",
      "flow_version.step",
      "revision.score",
      "revision.metric",
      saidByEmployee.as("of_employee"),
      "revision.content_gone_at",
      "source.name as source_name",
      "source.kind as source_kind",
      "revision.occurred_at",
      "revision.respondent",
      "contact.id as contact_id",
      toldOfContact("name").as("contact_name"),
      eb
        .selectFrom("effect")
        .select((inner) => inner.fn.countAll<number>().as("n"))
        .whereRef("effect.owner_id", "=", "run.id")
        .where("effect.owner_kind", "=", "run")
        .where("effect.state", "=", "ambiguous")
        .as("in_doubt"),
    ])
    .where("run.workspace_id", "=", workspaceId);

export type RunListRow = Awaited<ReturnType<typeof runRows>>[number];

/** Newest first. */
export const runRows = (reader: Reader, workspaceId: string, ids: readonly string[]) =>
  selectRuns(reader, workspaceId)
    .where(sql<boolean>`run.id = any(${[...ids]}::uuid[])`)
    .orderBy("run.id", "desc")
    .execute();

export const findRunRow = (reader: Reader, workspaceId: string, runId: string) =>
  selectRuns(reader, workspaceId).where("run.id", "=", runId).executeTakeFirst();

export function attemptsOf(reader: Reader, effectIds: readonly string[]) {
  const db = reader.withTables<LedgerTables>();
  return effectIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom("effect_attempt")
        .selectAll()
        .where("effect_id", "in", [...effectIds])
        .orderBy("number")
        .execute();
}
