import type { LedgerTables } from "../../workflows/ledger/tables.js";
import type { ContactTables } from "../contacts/contact-tables.js";
import type { Reader } from "../db/database.js";
import type { FlowTables } from "../flows/flow-tables.js";
import type { IngestTables } from "../ingest/ingest-tables.js";
import { hasWords } from "../search/search-store.js";
import type { SourceTables } from "../sources/source-tables.js";

type FeedbackTables = IngestTables & ContactTables & SourceTables & LedgerTables & FlowTables;

export function listRevisions(
  reader: Reader,
  query: {
    workspaceId: string;
    /** Of these sources; null: of all. */
    sources: readonly string[] | null;
    sourceId?: string | undefined;
    words?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
) {
  const { workspaceId, sources, sourceId, words, cursor, limit } = query;
  return reader
    .withTables<FeedbackTables>()
    .selectFrom("revision")
    .innerJoin("response", "response.id", "revision.response_id")
    .innerJoin("source", "source.id", "revision.source_id")
    .leftJoin("contact", "contact.id", "response.contact_id")
    .selectAll("revision")
    .select(["source.name as source_name", "contact.id as contact_id", "contact.name as contact_name"])
    .where("revision.workspace_id", "=", workspaceId)
    .$if(sources !== null, (rows) => rows.where("revision.source_id", "in", sources ?? []))
    .$if(sourceId !== undefined, (rows) => rows.where("revision.source_id", "=", sourceId ?? ""))
    .$if(words !== undefined, (rows) => rows.where(hasWords(workspaceId, words ?? "")))
    .$if(cursor !== undefined, (rows) => rows.where("revision.id", "<", cursor ?? ""))
    .orderBy("revision.id", "desc")
    .limit(limit)
    .execute();
}

/** Runs of these responses: what came of what was said. */
export async function runsOfResponses(
  reader: Reader,
  { responseIds, flows }: { readonly responseIds: readonly string[]; readonly flows: readonly string[] | null },
) {
  if (responseIds.length === 0) return [];
  return reader
    .withTables<FeedbackTables>()
    .selectFrom("run")
    .innerJoin("flow", "flow.id", "run.flow_id")
    .select(["run.id", "run.response_id", "run.flow_id", "flow.name as flow_name", "run.state"])
    .where("run.response_id", "in", [...new Set(responseIds)])
    .$if(flows !== null, (runs) => runs.where("run.flow_id", "in", flows ?? []))
    .orderBy("run.id")
    .execute();
}
