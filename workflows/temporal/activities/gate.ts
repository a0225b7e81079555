import { KEY_OUTCOMES, type NewFact } from "../../flow/facts.js";
import { triggerOf } from "../../flow/trigger-of.js";
import { cancelRun } from "../../ledger/cancel.js";
import { appendAll, beginning, lockRun, lockRuns, type Append, type RunRow } from "../../ledger/run-store.js";
import { transact } from "../../ledger/transact.js";
import { aheadOf, awaitTurns, lockKeys, mustTakeTurn, openBefore, takeTurns, type Ahead } from "../../ledger/turns.js";
import type { Tx } from "../../ledger/tx.js";
import type { AdvanceDependencies } from "./advance-dependencies.js";
import type { Snapshot } from "./snapshot.js";
import { wakeWaiting } from "./wake-waiting.js";

/** `waits`: nothing of it is to be done now. `moved`: it must be looked at again. */
export type Turn = "waits" | "moved";

interface Asked {
  readonly run: RunRow;
  readonly ahead: Ahead;
}

/** Runs of flows with a key, each by what its flow says is to become of it where an older one is open. */
interface Verdict {
  readonly first: readonly RunRow[];
  readonly queue: readonly Asked[];
  readonly skip: readonly Asked[];
  readonly replace: readonly Asked[];
}

/**
 * Before the first plan of a run with a key. Who has nobody before it has its turn, for good; the others wait, are passed over, or
 * cancel those before them and wait for their end. In the order asked.
 */
export async function askTurns(
  dependencies: AdvanceDependencies,
  snapshots: readonly Snapshot[],
): Promise<readonly Turn[]> {
  const verdict = await transact(dependencies.db, (tx) => judge(tx, dependencies, snapshots));
  const over = verdict.skip.map(({ run }) => run);
  for (const { workspace_id, id } of over) dependencies.ports.changed(workspace_id, "run", [id]);
  await wakeWaiting(dependencies, over);
  for (const { run } of verdict.replace) await replaceOlder(dependencies, run);
  const waiting = new Set([...verdict.queue, ...verdict.replace].map(({ run: { id } }) => id));
  return snapshots.map(({ run: { id } }) => (waiting.has(id) ? "waits" : "moved"));
}

/** The order of its statements is what the comment in `turns.ts` builds on: rows locked, keys locked, then who is before them. */
async function judge(tx: Tx, { ports, timing }: AdvanceDependencies, snapshots: readonly Snapshot[]): Promise<Verdict> {
  const locked = await lockRuns(
    tx,
    snapshots.map(({ run }) => run.id),
  );
  const asking = [...locked.values()].filter((run) => !run.finished_at && mustTakeTurn(run));
  await lockKeys(tx, asking);
  const ahead = await aheadOf(
    tx,
    asking.map(({ id }) => id),
  );
  const verdict = sortOut(asking, ahead, snapshots);
  await takeTurns(
    tx,
    verdict.first.map(({ id }) => id),
  );
  await awaitTurns(
    tx,
    // Who is further behind is woken later, and need not look for itself as soon.
    [...verdict.queue, ...verdict.replace].map(({ run: { id }, ahead: { count } }) => ({
      id,
      afterMs: timing.turnMs * count,
    })),
  );
  await appendAll(tx, ports.sealer, verdict.skip.map(passOver));
  return verdict;
}

function sortOut(
  asking: readonly RunRow[],
  ahead: ReadonlyMap<string, Ahead>,
  snapshots: readonly Snapshot[],
): Verdict {
  const flows = new Map(snapshots.map(({ run, flow }) => [run.id, flow]));
  const sorted = { first: [] as RunRow[], queue: [] as Asked[], skip: [] as Asked[], replace: [] as Asked[] };
  for (const run of asking) {
    const before = ahead.get(run.id);
    const flow = flows.get(run.id);
    if (!before) sorted.first.push(run);
    else sorted[(flow && triggerOf(flow)?.config.key?.then) ?? "queue"].push({ run, ahead: before });
  }
  return sorted;
}

function passOver({ run, ahead: { first: runId } }: Asked): Append {
  const outcome = KEY_OUTCOMES.passedOver;
  const facts: NewFact[] = [
    ...beginning(run),
    { kind: "passedOver", nodeId: null, data: { runId } },
    { kind: "finished", nodeId: null, data: { outcome } },
  ];
  return { run, change: { facts, state: "finished", outcome, dueAt: "infinity", finished: true, advanced: true } };
}

/** Each in a transaction of its own: no two runs' locks are held out of order, and what is cancelled already stays as it is. */
async function replaceOlder({ db, ports }: AdvanceDependencies, run: RunRow): Promise<void> {
  for (const id of await openBefore(db, run)) {
    const isCancelled = await transact(db, async (tx) => {
      const older = await lockRun(tx, id);
      if (!older || older.finished_at || older.state === "cancelled") return false;
      await cancelRun(tx, ports, older, { by: run.id, replacedBy: run.id });
      return true;
    });
    if (!isCancelled) continue;
    ports.wake(id);
    ports.changed(run.workspace_id, "run", [id]);
  }
}
