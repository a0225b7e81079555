import type { Db, Tx } from "./tx.js";

const RETRYABLE = new Set(["40P01", "40001"]);
const TRIES = 5;

/** A transaction that is tried again after a deadlock or serialisation failure; any other error passes through. */
export async function transact<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt >= TRIES || !isRetryable(error)) throw error;
    }
  }
}

export const isRetryable = (error: unknown): boolean => RETRYABLE.has(sqlState(error) ?? "");

export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
