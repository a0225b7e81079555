import { sql, type Selectable } from "kysely";
import { SEMANTICS, type NewFact } from "../flow/facts.js";
import type { RunState } from "../flow/commands.js";
import type { RunRef, Sealer } from "../ports.js";
import { insertFacts } from "./fact-store.js";
import type { LedgerTables, RunTable } from "./tables.js";
import type { Reader, Tx } from "./tx.js";

export type RunRow = Selectable<RunTable>;

export const refOf = (run: RunRow): RunRef => ({
  id: run.id,
  workspaceId: run.workspace_id,
  flowId: run.flow_id,
  flowVersionId: run.flow_version_id,
  responseId: run.response_id,
  revisionId: run.revision_id,
  subjectId: run.subject_id,
});

export async function findRun(reader: Reader, runId: string): Promise<RunRow | undefined> {
  return reader.withTables<LedgerTables>().selectFrom("run").selectAll().where("id", "=", runId).executeTakeFirst();
}

/** The first lock of every change to a run; locks are taken run → approval or case → effect → rate slot. */
export async function lockRun(tx: Tx, runId: string): Promise<RunRow | undefined> {
  const query = tx.withTables<LedgerTables>().selectFrom("run").selectAll().where("id", "=", runId);
  return query.forUpdate().executeTakeFirst();
}

/** The first fact of a run that has none yet. */
export const beginning = ({ seq, response_id: responseId, revision_id: revisionId }: RunRow): NewFact[] =>
  seq > 0 ? [] : [{ kind: "started", nodeId: null, data: { semantics: SEMANTICS, responseId, revisionId } }];

export interface RunChange {
  readonly facts: readonly NewFact[];
  readonly state?: RunState;
  readonly outcome?: string | null;
  /** "infinity": only a person or an outside event can move it. "now": look at it at once. */
  readonly dueAt: Date | "infinity" | "now";
  readonly finished?: boolean;
  readonly driven?: boolean;
  /** `advance` came to an end: whatever halted the run before is over. */
  readonly advanced?: boolean;
}

/** Appends to a run whose row is locked. */
export async function appendFacts(tx: Tx, sealer: Sealer, locked: RunRow, change: RunChange): Promise<void> {
  await insertFacts(tx, sealer, {
    runId: locked.id,
    subjectId: locked.subject_id,
    seq: locked.seq,
    facts: change.facts,
  });
  await tx
    .withTables<LedgerTables>()
    .updateTable("run")
    .set({
      seq: locked.seq + change.facts.length,
      due_at: dueAt(change.dueAt),
      ...(change.advanced && { halted_since: null, halted_code: null }),
      ...(change.state !== undefined && { state: change.state }),
      ...(change.outcome !== undefined && { outcome: change.outcome }),
      ...(change.finished && { finished_at: sql<Date>`lw_now()` }),
      ...(change.driven && { driven: true }),
    })
    .where("id", "=", locked.id)
    .execute();
}

function dueAt(at: RunChange["dueAt"]) {
  if (at === "infinity") return sql<Date>`'infinity'::timestamptz`;
  return at === "now" ? sql<Date>`lw_now()` : at;
}
