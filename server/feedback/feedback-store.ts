import { sql } from "kysely";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import type { ContactTables } from "../contacts/contact-tables.js";
import type { Reader } from "../db/database.js";
import type { EmployeeTables } from "../employees/employee-tables.js";
import type { FlowTables } from "../flows/flow-tables.js";
import type { IngestTables } from "../ingest/ingest-tables.js";
import { REVISIONS, RUNS, reachWhere, type Seer } from "../members/reach-where.js";
import { hasWords } from "../search/search-store.js";
import { STARTS } from "../sources/source-store.js";
import type { SourceTables } from "../sources/source-tables.js";

type FeedbackTables = EmployeeTables & IngestTables & ContactTables & SourceTables & LedgerTables & FlowTables;

export interface FeedbackQuery extends Seer {
  readonly sourceId?: string | undefined;
  readonly words?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Newest first, by the id that each is shown with: of what employees said only what has a group. */
export async function listRevisions(reader: Reader, query: FeedbackQuery) {
  const [own, ofEmployees] = [await listOfCustomers(reader, query), await listOfEmployees(reader, query)];
  const shown = [...own, ...ofEmployees].map((row) => ({ ...row, revision_id: row.id, id: row.shown_as ?? row.id }));
  return shown.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, query.limit);
}

const listOfCustomers = (reader: Reader, query: FeedbackQuery) =>
  selectRevisions(reader, query)
    .where("revision.domain", "<>", "employee")
    .$if(query.cursor !== undefined, (rows) => rows.where("revision.id", "<", query.cursor ?? ""))
    .orderBy("revision.id", "desc")
    .execute();

const listOfEmployees = (reader: Reader, query: FeedbackQuery) =>
  selectRevisions(reader, query)
    .where(sql<boolean>`revision.shown_as is not null and lw_group_is_whole(revision.group_id)`)
    .$if(query.cursor !== undefined, (rows) => rows.where("revision.shown_as", "<", query.cursor ?? ""))
    .orderBy("revision.shown_as", "desc")
    .execute();

function selectRevisions(reader: Reader, { workspaceId, reach, sourceId, words, limit }: FeedbackQuery) {
  const seen = reachWhere({ workspaceId, reach }, REVISIONS);
  return reader
    .withTables<FeedbackTables>()
    .selectFrom("revision")
    .innerJoin("response", "response.id", "revision.response_id")
    .innerJoin("source", "source.id", "revision.source_id")
    .leftJoin("contact", "contact.id", "response.contact_id")
    .leftJoin("employee_group", "employee_group.id", "revision.group_id")
    .selectAll("revision")
    .select(["source.name as source_name", "contact.id as contact_id", "contact.name as contact_name"])
    .select(["employee_group.least", "employee_group.formed_at"])
    .where("revision.workspace_id", "=", workspaceId)
    .where("source.kind", "<>", STARTS)
    .$if(seen !== null, (rows) => rows.where(seen ?? sql.lit(true)))
    .$if(sourceId !== undefined, (rows) => rows.where("revision.source_id", "=", sourceId ?? ""))
    .$if(words !== undefined, (rows) => rows.where(hasWords(workspaceId, words ?? "")))
    .limit(limit);
}

/** Runs of these responses: what came of what was said. */
export async function runsOfResponses(
  reader: Reader,
  { responseIds, ...seer }: Seer & { readonly responseIds: readonly string[] },
) {
  if (responseIds.length === 0) return [];
  const seen = reachWhere(seer, RUNS);
  return reader
    .withTables<FeedbackTables>()
    .selectFrom("run")
    .innerJoin("flow", "flow.id", "run.flow_id")
    .select(["run.id", "run.response_id", "run.flow_id", "flow.name as flow_name", "run.state"])
    .where("run.response_id", "in", [...new Set(responseIds)])
    .$if(seen !== null, (runs) =>
      runs
        .innerJoin("revision", "revision.id", "run.revision_id")
        .innerJoin("response", "response.id", "run.response_id")
        .where(seen ?? sql.lit(true)),
    )
    .orderBy("run.id")
    .execute();
}
