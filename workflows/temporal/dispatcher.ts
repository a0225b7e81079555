import { DRIVEN_KINDS, leaseOverdue, leaseQueued } from "../ledger/due.js";
import type { OwnerRef } from "../ledger/owner.js";
import type { OwnerKind } from "../ledger/tables.js";
import type { Db } from "../ledger/tx.js";
import { runInBackground, type Background } from "../background.js";
import { createBatches } from "./batches.js";
import type { Poke } from "./client.js";
import type { Lane } from "./lane.js";
import type { ExecutionTiming } from "./timing.js";

export interface DispatchDependencies {
  readonly db: Db;
  readonly poke: Poke;
  readonly timing: ExecutionTiming;
  readonly onError: (error: unknown) => void;
}

const BATCH = 100;
const SIDE_BY_SIDE = 16;

/**
 * Hands new owners on: woken after a commit, with a poll as the net. Runs go through the fast lane where there is one, everybody else gets
 * a driver. A poke that fails is tried again when the lease ends.
 */
export function startDispatcher(dependencies: DispatchDependencies & { readonly lane?: Lane | undefined }): Background {
  const { db, lane, timing, onError } = dependencies;
  const batches = createBatches({ onRoom: () => background.wake(), onError });
  const lease = (kind: OwnerKind, limit: number): Promise<string[]> =>
    leaseQueued(db, kind, { limit, leaseMs: timing.leaseMs });

  /** Answers whether there is more to do at once. */
  async function dispatch(kind: OwnerKind): Promise<boolean> {
    if (kind === "run" && lane) return sendOff(lane);
    const ids = await lease(kind, BATCH);
    await pokeAll(
      dependencies,
      ids.map((id) => ({ kind, id })),
    );
    return ids.length === BATCH;
  }

  /** A backlog becomes Temporal's: it gives what a worker that dies had in hand to another sooner than leases end. */
  async function sendOff({ driveHere, driveBatch }: Lane): Promise<boolean> {
    const room = batches.room();
    const ids = room > 0 ? await lease("run", room) : [];
    const isBacklog = ids.length === room;
    if (ids.length > 0) batches.begin(ids, isBacklog ? driveBatch : driveHere);
    return isBacklog && batches.room() > 0;
  }

  const background = runInBackground({
    everyMs: timing.pollMs,
    onError,
    // All of it, also where one kind fails: turns never overlap.
    turn: async () => {
      const turns = await Promise.allSettled(DRIVEN_KINDS.map(dispatch));
      for (const one of turns) if (one.status === "rejected") onError(one.reason);
      return turns.some((one) => one.status === "fulfilled" && one.value);
    },
  });
  return background;
}

/** Pokes owners whose driver should have looked long ago. In a healthy system it finds none (`rescued_total`). */
export const startSweeper = (dependencies: DispatchDependencies): Background => {
  const { db, timing, onError } = dependencies;
  const late = { limit: BATCH, overdueMs: timing.overdueMs, leaseMs: timing.overdueMs };
  return runInBackground({
    everyMs: timing.sweepEveryMs,
    onError,
    turn: async () => {
      const overdue = await Promise.all(
        DRIVEN_KINDS.map(async (kind) => (await leaseOverdue(db, kind, late)).map((id): OwnerRef => ({ kind, id }))),
      );
      await pokeAll(dependencies, overdue.flat());
      return overdue.some(({ length }) => length === BATCH);
    },
  });
};

/** So many at a time. */
async function pokeAll({ poke, onError }: DispatchDependencies, owners: readonly OwnerRef[]): Promise<void> {
  const left = [...owners];
  const worker = async (): Promise<void> => {
    for (let owner = left.shift(); owner; owner = left.shift()) await poke(owner).catch(onError);
  };
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, left.length) }, worker));
}
