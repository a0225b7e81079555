import type { RunRow } from "../../ledger/run-store.js";
import { wakeNext } from "../../ledger/turns.js";
import type { AdvanceDependencies } from "./advance-dependencies.js";

/** After the commit in which these runs finished: who waited for one of them has its turn. Nothing is asked for runs without a key. */
export async function wakeWaiting(
  { db, ports }: Pick<AdvanceDependencies, "db" | "ports">,
  finished: readonly RunRow[],
): Promise<void> {
  // Their end is committed: where this fails, the next looks for itself when it is due.
  const next = await wakeNext(db, finished).catch((): string[] => []);
  for (const id of next) ports.wake(id);
}
