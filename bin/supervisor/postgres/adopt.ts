import { rmSync } from "node:fs";
import { join } from "node:path";
import { endProcess, sendSignal } from "../end-process.js";
import { tryRead } from "../files.js";
import { inspectProcess, processesIn } from "../process-table.js";
import type { ProcessInfo } from "../process-table.js";
import { waitFor } from "../wait.js";
import { parsePostmasterPid } from "./postmaster-pid.js";
import type { PostmasterPid } from "./postmaster-pid.js";

const pidFile = (directory: string): string => join(directory, "postmaster.pid");

/** PostgreSQL as an earlier start left it, still running on this very data folder. */
export interface RunningPostmaster {
  readonly process: ProcessInfo;
  readonly port: number | undefined;
  readonly status: string | undefined;
}

/** The live postmaster of this folder. A pid that died, or belongs to another program by now, is none. */
export function runningPostmaster(directory: string): RunningPostmaster | undefined {
  const file = parsePostmasterPid(tryRead(pidFile(directory)) ?? "");
  if (file === undefined) return undefined;
  const process = inspectProcess(file.pid);
  return process !== undefined && isPostmasterOf(directory, process, file)
    ? { process, port: file.port, status: file.status }
    : undefined;
}

/** Our command line names the folder; one started by hand (pg_ctl) at least stands in it. */
function isPostmasterOf(directory: string, process: ProcessInfo, file: PostmasterPid): boolean {
  if (!/postgres|postmaster/.test(process.command)) return false;
  return process.command.includes(directory) || processesIn(directory).includes(file.pid);
}

export async function endPostmaster({ process }: RunningPostmaster): Promise<void> {
  await endProcess(process, FAST_SHUTDOWN);
}

/** SIGINT rolls back and writes a checkpoint; SIGQUIT stops at once and leaves recovery to the next start. */
export const FAST_SHUTDOWN = { signal: "SIGINT", graceMs: 15_000, lastResort: "SIGQUIT" } as const;

const ORPHANS_MS = 10_000;

/**
 * Clears what a killed postmaster left. Its backends end when they notice; until then no new one may start. A lock file whose
 * pid is alive again, as another program's or as an unreaped zombie, would stop PostgreSQL for good, so it is removed.
 */
export async function clearDeadPostmaster(directory: string): Promise<void> {
  if (runningPostmaster(directory) !== undefined) return;
  const gone = await waitFor(() => (processesIn(directory).length === 0 ? true : undefined), { timeoutMs: ORPHANS_MS });
  if (gone === undefined) for (const pid of processesIn(directory)) sendSignal(pid, "SIGQUIT");
  rmSync(pidFile(directory), { force: true });
}
