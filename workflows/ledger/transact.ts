import { setTimeout as delay } from "node:timers/promises";
import type { Db, Tx } from "./tx.js";

/** "cached plan must not change result type" (PostgreSQL, plancache.c): a migration changed what a prepared statement answers. */
export const STALE_PLAN = "0A000";
/** Deadlock, serialisation failure, and a plan that is prepared anew the next time. */
const RETRYABLE = new Set(["40P01", "40001", STALE_PLAN]);
/** Before each further try, milliseconds from and to: who met once in a deadlock should not come back at the same moment. */
const PAUSES = [
  [5, 10],
  [10, 20],
  [20, 35],
  [35, 50],
] as const;

const pauseFor = (ms: number): Promise<void> => delay(ms);

/**
 * A transaction that is tried again after a deadlock, a serialisation failure or a stale plan, five times at most and with a growing
 * pause; any other error passes through.
 */
export async function transact<Result>(
  db: Db,
  work: (tx: Tx) => Promise<Result>,
  pause: (ms: number) => Promise<void> = pauseFor,
): Promise<Result> {
  for (const [least, most] of PAUSES) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (!isRetryable(error)) throw error;
    }
    await pause(least + Math.random() * (most - least));
  }
  return db.transaction().execute(work);
}

export const isRetryable = (error: unknown): boolean => RETRYABLE.has(sqlState(error) ?? "");

export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** A row of these values stands there already. */
export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === "23505";
