import { fromNow, ledgerMoment } from "../../ledger/clock.js";
import { effectsOf, isOpen } from "../../ledger/effect-store.js";
import { lockRun, type RunRow } from "../../ledger/run-store.js";
import type { LedgerTables } from "../../ledger/tables.js";
import { transact } from "../../ledger/transact.js";
import type { Tx } from "../../ledger/tx.js";
import { errorCode } from "../error-code.js";
import type { Next } from "../messages.js";
import type { AdvanceDependencies } from "./advance-dependencies.js";
import { NO_DRIVER } from "./next.js";

/** Between two looks at a halted run, milliseconds: as long as it has stood already, within these. */
const SHORTEST_MS = 60_000;
const LONGEST_MS = 3_600_000;

/**
 * A run that cannot be taken further whatever is tried: a defect of ours, or facts that a later release wrote. It is shown as stuck,
 * somebody is told once, and it is looked at again ever more rarely. Nothing in flight is cancelled.
 */
export async function halt(
  dependencies: AdvanceDependencies,
  runId: string,
  { error, look }: { error: unknown; look: () => Promise<Next> },
): Promise<Next> {
  // Throws while the database is away: then that is what is wrong, and no run's own fault.
  await ledgerMoment(dependencies.db);
  try {
    return await look();
  } catch {
    const work = (tx: Tx) => markHalted(tx, dependencies, { runId, code: errorCode(error) });
    const { next, toldIn } = await transact(dependencies.db, work);
    if (toldIn) dependencies.ports.changed(toldIn, "run", [runId]);
    return next;
  }
}

async function markHalted(
  tx: Tx,
  dependencies: AdvanceDependencies,
  { runId, code }: { runId: string; code: string },
): Promise<{ next: Next; toldIn: string | null }> {
  const run = await lockRun(tx, runId);
  if (!run || run.finished_at) return { next: NO_DRIVER, toldIn: null };
  const { now } = await ledgerMoment(tx);
  const waitMs = Math.min(Math.max(now.getTime() - (run.halted_since ?? now).getTime(), SHORTEST_MS), LONGEST_MS);
  await tx
    .withTables<LedgerTables>()
    .updateTable("run")
    .set({
      state: "stuck",
      halted_since: run.halted_since ?? now,
      halted_code: code,
      driven: true,
      due_at: fromNow(waitMs + dependencies.timing.rescueMs),
    })
    .where("id", "=", runId)
    .execute();
  if (!run.halted_since) await tell(tx, dependencies, run);
  const effects = await effectsOf(tx, { kind: "run", id: runId });
  const state = dependencies.timing.showState ? "stuck" : "";
  const next = { finished: false, state, open: effects.filter(isOpen).map(({ id }) => id), start: [], waitMs };
  return { next, toldIn: run.halted_since ? null : run.workspace_id };
}

async function tell(tx: Tx, { ports }: AdvanceDependencies, { id, workspace_id: workspaceId }: RunRow): Promise<void> {
  const about = { kind: "run", id } as const;
  await ports.incident(tx, { workspaceId, kind: "run_stuck", about, nodeId: null, code: "cannot_advance" });
}
