import { driven, leaseOverdue, leaseQueued } from "../ledger/due.js";
import type { OwnerRef } from "../ledger/owner.js";
import type { OwnerKind } from "../ledger/tables.js";
import type { Db } from "../ledger/tx.js";
import { runInBackground, type Background } from "../background.js";
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

/** Hands new owners to Temporal: woken after a commit, with a poll as the net. A poke that fails is tried again when the lease ends. */
export const startDispatcher = ({ db, poke, timing, onError }: DispatchDependencies): Background =>
  runInBackground({
    everyMs: timing.pollMs,
    onError,
    turn: () =>
      pokeEach(
        (kind) => leaseQueued(db, kind, { limit: BATCH, leaseMs: timing.leaseMs }),
        (owner) => poke(owner).catch(onError),
      ),
  });

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
  const left = leased.flat();
  const worker = async (): Promise<void> => {
    for (let owner = left.shift(); owner; owner = left.shift()) await poke(owner);
  };
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, left.length) }, worker));
  return leased.some(({ length }) => length === BATCH);
}
