import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { tryRead } from "./files.js";

/** A live process. `identity` differs when its pid is used again, also after a reboot. */
export interface ProcessInfo {
  readonly pid: number;
  readonly identity: string;
  readonly command: string;
}

/** Looks a process up; undefined when it is gone, or dead and only not yet reaped by its parent. */
export type Inspect = (pid: number) => ProcessInfo | undefined;

const DEAD_STATES = new Set(["Z", "X", "x"]);

export const inspectProcess: Inspect = (pid) => {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return process.platform === "linux" ? inspectProc(pid) : inspectPs(pid);
};

/** Whether the process that once had this pid and identity still runs. */
export function isSameProcess(pid: number, identity: string, inspect: Inspect = inspectProcess): boolean {
  return inspect(pid)?.identity === identity;
}

/** Pids of live processes whose working directory is `directory`: PostgreSQL's own always stand in their data folder. */
export function processesIn(directory: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => workingDirectory(pid) === directory && inspectProcess(pid) !== undefined);
}

function workingDirectory(pid: number): string | undefined {
  if (!Number.isSafeInteger(pid)) return undefined;
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined; // gone meanwhile, or another user's
  }
}

/** `/proc/<pid>/stat`: the name stands in brackets and may hold spaces; state is field 3, start time (ticks since boot) 22. */
export function parseProcStat(stat: string): { state: string; startTicks: string } | undefined {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, startTicks] = [fields[0], fields[19]];
  return state === undefined || startTicks === undefined ? undefined : { state, startTicks };
}

function inspectProc(pid: number): ProcessInfo | undefined {
  const stat = parseProcStat(tryRead(`/proc/${pid}/stat`) ?? "");
  if (stat === undefined || DEAD_STATES.has(stat.state)) return undefined;
  const command = (tryRead(`/proc/${pid}/cmdline`) ?? "").split("\0").join(" ").trim();
  return { pid, identity: `${bootId()}:${stat.startTicks}`, command };
}

let knownBootId: string | undefined;
function bootId(): string {
  knownBootId ??= readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  return knownBootId;
}

function inspectPs(pid: number): ProcessInfo | undefined {
  const line = psLine(pid);
  const match = /^(\S+)\s+(\S+ \S+\s+\S+ \S+ \S+)\s+(.*)$/.exec(line);
  const [, state = "", started = "", command = ""] = match ?? [];
  if (state === "" || DEAD_STATES.has(state.charAt(0))) return undefined;
  return { pid, identity: started, command };
}

function psLine(pid: number): string {
  try {
    const env = { ...process.env, LC_ALL: "C" };
    return execFileSync("ps", ["-o", "state=,lstart=,command=", "-p", String(pid)], { encoding: "utf8", env }).trim();
  } catch {
    return ""; // ps exits 1 when there is no such process
  }
}
