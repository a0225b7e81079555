import { leaseOverdue, leaseQueued, type DueRun } from "../ledger/due.js";
import type { Db } from "../ledger/tx.js";
import { runInBackground, type Background } from "./background.js";
import type { Poke } from "./client.js";
import type { ExecutionTiming } from "./timing.js";

export interface DispatchDependencies {
  readonly db: Db;
  readonly poke: Poke;
  readonly timing: ExecutionTiming;
  readonly onError: (error: unknown) => void;
}

const BATCH = 100;
const SIDE_BY_SIDE = 16;

/** Hands new runs to Temporal: woken after a commit, with a poll as the net. A poke that fails is tried again when the lease ends. */
export const startDispatcher = ({ db, poke, timing, onError }: DispatchDependencies): Background =>
  runInBackground({
    everyMs: timing.pollMs,
    onError,
    async turn() {
      const runs = await leaseQueued(db, { limit: BATCH, leaseMs: timing.leaseMs });
      await pokeAll(runs, poke, onError);
      return runs.length === BATCH;
    },
  });

/** Pokes runs whose driver should have looked long ago. In a healthy system it finds none (`rescued_total`). */
export const startSweeper = ({ db, poke, timing, onError }: DispatchDependencies): Background =>
  runInBackground({
    everyMs: timing.sweepEveryMs,
    onError,
    async turn() {
      const lease = { limit: BATCH, overdueMs: timing.overdueMs, leaseMs: timing.overdueMs };
      const runs = await leaseOverdue(db, lease);
      await pokeAll(runs, poke, onError);
      return runs.length === BATCH;
    },
  });

async function pokeAll(runs: readonly DueRun[], poke: Poke, onError: (error: unknown) => void): Promise<void> {
  const left = [...runs];
  const worker = async (): Promise<void> => {
    for (let run = left.shift(); run; run = left.shift()) await poke(run.id).catch(onError);
  };
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, runs.length) }, worker));
}
