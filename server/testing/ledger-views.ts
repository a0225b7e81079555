import type { ApprovalTables } from "../approvals/approval-tables.js";
import type { Db } from "../db/database.js";
import type { IngestTables } from "../ingest/ingest-tables.js";
import type { LedgerTables } from "../../workflows/ledger/tables.js";

/** What a test reads of the ledger, whatever the API shows. */
type Tables = LedgerTables & IngestTables & ApprovalTables;

export const runsOf = (db: Db, flowId?: string) => {
  const query = db.withTables<Tables>().selectFrom("run").selectAll().orderBy("id");
  return (flowId === undefined ? query : query.where("flow_id", "=", flowId)).execute();
};

export const effects = (db: Db) => db.withTables<Tables>().selectFrom("effect").selectAll().orderBy("id").execute();
export const attempts = (db: Db) =>
  db.withTables<Tables>().selectFrom("effect_attempt").selectAll().orderBy("effect_id").orderBy("number").execute();
export const approvals = (db: Db) => db.withTables<Tables>().selectFrom("approval").selectAll().orderBy("id").execute();
export const revisions = (db: Db) =>
  db.withTables<Tables>().selectFrom("revision").select(["id", "response_id", "outcome"]).execute();
export const responses = (db: Db) =>
  db.withTables<Tables>().selectFrom("response").select(["id", "external_id"]).execute();
export const quarantined = (db: Db) => db.withTables<Tables>().selectFrom("quarantine").selectAll().execute();
export const factsOf = (db: Db, kind: Tables["run_fact"]["kind"]) =>
  db
    .withTables<Tables>()
    .selectFrom("run_fact")
    .select(["run_id", "seq", "node_id", "data"])
    .where("kind", "=", kind)
    .execute();

/** At rest: it ended, or stands where a person can see it and decide. */
export const isAtRest = ({ state, finished_at }: { state: string; finished_at: Date | null }): boolean =>
  finished_at !== null || state === "stuck";
