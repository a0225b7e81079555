import { endProcess } from "./end-process.js";
import { inspectProcess } from "./process-table.js";
import type { Inspect } from "./process-table.js";
import type { RunningProcess } from "./processes-file.js";

/** A leftover gets less time than at a proper stop: nobody waits for its work any more, and the ledger survives a kill. */
const GRACE_MS = 5_000;

/** PostgreSQL is adopted, by its own lock file. */
const ADOPTED = new Set(["postgres"]);

/** The processes of an earlier supervisor that still run: same pid, same start, and a command line like the one we start. */
export function findLeftovers(
  recorded: readonly RunningProcess[],
  isOurs: (role: string, command: string) => boolean,
  inspect: Inspect = inspectProcess,
): RunningProcess[] {
  return recorded.filter(({ role, pid, identity }) => {
    if (ADOPTED.has(role)) return false;
    const live = inspect(pid);
    return live !== undefined && live.identity === identity && isOurs(role, live.command);
  });
}

/** Ends leftovers: first what uses Temporal, then Temporal. */
export async function endLeftovers(leftovers: readonly RunningProcess[]): Promise<void> {
  const end = (process: RunningProcess) => endProcess(process, { signal: "SIGTERM", graceMs: GRACE_MS });
  await Promise.all(leftovers.filter(({ role }) => role !== "temporal").map(end));
  await Promise.all(leftovers.filter(({ role }) => role === "temporal").map(end));
}
