import { driven, leaseOverdue, leaseQueued } from "../ledger/due.js";
import type { OwnerRef } from "../ledger/owner.js";
import type { OwnerKind } from "../ledger/tables.js";
import type { Db } from "../ledger/tx.js";
import { runInBackground, type Background } from "../background.js";
import { createBatches, type Batches } from "./batches.js";
import type { Poke } from "./client.js";
import type { DriveBatch } from "./drive-batch.js";
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
 * Hands new owners to Temporal: woken after a commit, with a poll as the net. Runs go through the fast lane where there is one, everybody
 * else gets a driver. A poke that fails is tried again when the lease ends.
 */
export function startDispatcher(dependencies: DispatchDependencies & { readonly driveBatch?: DriveBatch }): Background {
  const { db, poke, driveBatch, timing, onError } = dependencies;
  const batches = driveBatch && createBatches({ drive: driveBatch, onRoom: () => background.wake(), onError });
  const lease = (kind: OwnerKind, limit: number): Promise<string[]> =>
    leaseQueued(db, kind, { limit, leaseMs: timing.leaseMs });

  /** Answers whether there is more to do at once. */
  async function dispatch(kind: OwnerKind): Promise<boolean> {
    if (kind === "run" && batches) return sendOff(batches);
    const ids = await lease(kind, BATCH);
    await sideBySide(
      ids.map((id) => ({ kind, id })),
      (owner) => poke(owner).catch(onError),
    );
    return ids.length === BATCH;
  }

  async function sendOff(lane: Batches): Promise<boolean> {
    const room = lane.room();
    const ids = room > 0 ? await lease("run", room) : [];
    if (ids.length > 0) lane.begin(ids);
    return ids.length === room && lane.room() > 0;
  }

  const background = runInBackground({
    everyMs: timing.pollMs,
    onError,
    turn: async () => (await Promise.all(driven.map(dispatch))).some(Boolean),
  });
  return background;
}

/** Pokes owners whose driver should have looked long ago. In a healthy system it finds none (`rescued_total`). */
export const startSweeper = ({ db, poke, timing, onError }: DispatchDependencies): Background =>
  runInBackground({
    everyMs: timing.sweepEveryMs,
    onError,
    turn: () =>
      pokeEach(
        (kind) => leaseOverdue(db, kind, { limit: BATCH, overdueMs: timing.overdueMs, leaseMs: timing.overdueMs }),
        (owner) => poke(owner).catch(onError),
      ),
  });

/** True when any kind filled its batch: there is more. */
async function pokeEach(
  lease: (kind: OwnerKind) => Promise<readonly string[]>,
  poke: (owner: OwnerRef) => Promise<void>,
): Promise<boolean> {
  const leased = await Promise.all(
    driven.map(async (kind) => (await lease(kind)).map((id): OwnerRef => ({ kind, id }))),
  );
  await sideBySide(leased.flat(), poke);
  return leased.some(({ length }) => length === BATCH);
}

async function sideBySide(owners: readonly OwnerRef[], poke: (owner: OwnerRef) => Promise<void>): Promise<void> {
  const left = [...owners];
  const worker = async (): Promise<void> => {
    for (let owner = left.shift(); owner; owner = left.shift()) await poke(owner);
  };
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, left.length) }, worker));
}
