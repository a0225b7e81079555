import { sql } from "kysely";
import type { FlowContext } from "../../workflows/flow/catalogue.js";
import type { ContactTables } from "../contacts/contact-tables.js";
import type { Reader } from "../db/database.js";
import { toldOfContact } from "../employees/told-to-start.js";
import { feedbackOf } from "../execution/load-context.js";
import type { IngestTables } from "../ingest/ingest-tables.js";
import { REVISIONS, reachWhere, type Seer } from "../members/reach-where.js";
import { openTexts } from "../privacy/open-texts.js";
import type { Vault } from "../privacy/vault.js";
import { STARTS } from "../sources/source-store.js";
import type { SourceTables } from "../sources/source-tables.js";
import type { PastEvent, PastEventsOf } from "./try-api.js";

type PastTables = IngestTables & ContactTables & SourceTables;

const NEWEST = 50;
const FEW_WORDS = 160;

/** The newest revision of each response that is seen with this flow. What employees said is shown in groups, so none of it is tried singly. */
function selectPast(reader: Reader, { workspaceId, reach }: Seer, flowId: string) {
  const seen = reachWhere({ workspaceId, reach }, { ...REVISIONS, flow: sql`${flowId}::uuid` });
  return (
    reader
      .withTables<PastTables>()
      .selectFrom("revision")
      .innerJoin("response", "response.id", "revision.response_id")
      .innerJoin("source", "source.id", "revision.source_id")
      .leftJoin("contact", "contact.id", "response.contact_id")
      .where("revision.workspace_id", "=", workspaceId)
      // A start is no feedback: it is tried with the flow that it started, and with no other.
      .where(
        sql<boolean>`(source.kind <> ${STARTS} or exists (
        select from run where run.response_id = revision.response_id and run.flow_id = ${flowId}::uuid))`,
      )
      .where(
        sql<boolean>`not exists (select from revision as said where said.response_id = revision.response_id
        and (said.domain = 'employee' or said.ordinal > revision.ordinal))`,
      )
      .$if(seen !== null, (rows) => rows.where(seen ?? sql.lit(true)))
  );
}

/** Whose it is, so that a split takes them the same way again; undefined: not there, or not to be tried. */
export const findPast = (reader: Reader, seer: Seer, { flowId, responseId }: { flowId: string; responseId: string }) =>
  selectPast(reader, seer, flowId)
    .select(["response.id as responseId", "response.subject_id as subjectId"])
    .where("revision.response_id", "=", responseId)
    .executeTakeFirst();

interface Asked {
  readonly flowId: string;
  readonly of: PastEventsOf;
  readonly seer: Seer;
  /** Empty: any. */
  readonly sources: readonly string[];
  readonly mayReadPeople: boolean;
  /** Whether the draft takes it. */
  readonly starts: (context: FlowContext) => boolean | null;
}

export async function listPast(
  reader: Reader,
  vault: Vault,
  { flowId, seer, of, sources, mayReadPeople, starts }: Asked,
): Promise<PastEvent[]> {
  const rows = await selectPast(reader, seer, flowId)
    .selectAll("revision")
    .leftJoin("account", "account.id", "response.account_id")
    .select(["source.name as source_name", "source.kind as source_kind", "account.attributes as account_attributes"])
    .select(["contact.id as contact_id", toldOfContact("name").as("contact_name")])
    .where("source.kind", of === "starts" ? "=" : "<>", STARTS)
    .$if(sources.length > 0, (past) => past.where("revision.source_id", "in", sources))
    .orderBy("revision.id", "desc")
    .limit(NEWEST)
    .execute();
  const open = (cells: readonly { sealed: Buffer | null; place: string }[]) =>
    openTexts(vault, reader, mayReadPeople ? cells : cells.map(({ place }) => ({ sealed: null, place })));
  const comments = await open(rows.map((row) => ({ sealed: row.comment, place: `revision.comment|${row.id}` })));
  const names = await open(rows.map((row) => ({ sealed: row.contact_name, place: `contact.name|${row.contact_id}` })));
  return rows.map((row, index) => ({
    responseId: row.response_id,
    sourceId: row.source_id,
    sourceName: row.source_name,
    metric: row.metric,
    score: row.score,
    scaleMin: row.scale_min,
    scaleMax: row.scale_max,
    comment: fewWords(comments[index] ?? null),
    contactName: names[index] ?? null,
    occurredAt: row.occurred_at.toISOString(),
    starts: starts(clearOf(row)),
  }));
}

type ClearRow = Omit<Parameters<typeof feedbackOf>[0], "revision_id"> & {
  readonly id: string;
  readonly source_kind: string;
  readonly account_attributes: Readonly<Record<string, unknown>> | null;
};

/** What triggers read: nothing is opened for it. */
const clearOf = (row: ClearRow): FlowContext => ({
  feedback: feedbackOf({ ...row, revision_id: row.id }, null),
  contact: null,
  account: row.account_attributes,
  run: { id: "", url: "" },
  ...(row.source_kind === STARTS && { start: {} }),
});

const fewWords = (comment: string | null): string | null =>
  comment !== null && comment.length > FEW_WORDS ? `${comment.slice(0, FEW_WORDS)}…` : comment;
