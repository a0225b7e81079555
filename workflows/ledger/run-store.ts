import { sql, type Selectable } from "kysely";
import { SEMANTICS, type NewFact } from "../flow/facts.js";
import type { RunState } from "../flow/commands.js";
import type { RunRef, Sealer } from "../ports.js";
import { insertFacts } from "./fact-store.js";
import { rowsAs } from "./rows.js";
import type { LedgerTables, RunTable } from "./tables.js";
import type { Reader, Tx } from "./tx.js";
import { unanswered } from "./unanswered.js";

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

/** The first lock of every change to a run; the order of all locks stands in docs/decisions/0004-owners-and-locks.md. */
export async function lockRun(tx: Tx, runId: string): Promise<RunRow | undefined> {
  return (await lockRuns(tx, [runId])).get(runId);
}

/** Locks in ascending order, so that two batches never wait for each other. */
export async function lockRuns(tx: Tx, runIds: readonly string[]): Promise<Map<string, RunRow>> {
  const { rows } = await sql<RunRow>`
    select * from run where id = any(${runIds}::uuid[]) order by id for update`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findRuns(reader: Reader, runIds: readonly string[]): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`select * from run where id = any(${runIds}::uuid[])`.execute(reader);
  return rows;
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

export interface Append {
  readonly run: RunRow;
  readonly change: RunChange;
}

/** Appends to a run whose row is locked. */
export const appendFacts = (tx: Tx, sealer: Sealer, locked: RunRow, change: RunChange): Promise<void> =>
  appendAll(tx, sealer, [{ run: locked, change }]);

/** Appends to runs whose rows are locked, each at most once. */
export async function appendAll(tx: Tx, sealer: Sealer, appends: readonly Append[]): Promise<void> {
  if (appends.length === 0) return;
  await insertFacts(
    tx,
    sealer,
    appends.map(({ run: { id, subject_id, seq }, change: { facts } }) => ({
      runId: id,
      subjectId: subject_id,
      seq,
      facts,
    })),
  );
  await sql`${unanswered}
    update run set
      seq = change.seq, state = change.state, outcome = change.outcome, due_at = coalesce(change.due_at, lw_now()),
      driven = run.driven or change.driven, finished_at = case when change.finished then lw_now() else run.finished_at end,
      halted_since = case when not change.advanced then run.halted_since end,
      halted_code = case when not change.advanced then run.halted_code end
    from ${rowsAs("change", appends, {
      id: ["uuid", ({ run }) => run.id],
      seq: ["int", ({ run, change }) => run.seq + change.facts.length],
      state: ["text", ({ run, change }) => change.state ?? run.state],
      outcome: ["text", ({ run, change }) => (change.outcome === undefined ? run.outcome : change.outcome)],
      due_at: ["timestamptz", ({ change: { dueAt } }) => (dueAt === "now" ? null : dueAt)],
      driven: ["bool", ({ change }) => change.driven ?? false],
      finished: ["bool", ({ change }) => change.finished ?? false],
      advanced: ["bool", ({ change }) => change.advanced ?? false],
    })}
    where run.id = change.id`.execute(tx);
}
