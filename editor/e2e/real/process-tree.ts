import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { inspectProcess, isSameProcess } from "../../../bin/supervisor/process-table.js";
import type { ProcessInfo } from "../../../bin/supervisor/process-table.js";

/** A process and all below it, as they are now: also those in sessions of their own, which no signal to the group reaches. */
export function processTree(root: number): readonly ProcessInfo[] {
  const parents = process.platform === "linux" ? parentsFromProc() : parentsFromPs();
  const below = (pid: number): number[] => [
    pid,
    ...[...parents].flatMap(([child, parent]) => (parent === pid ? below(child) : [])),
  ];
  return below(root).flatMap((pid) => inspectProcess(pid) ?? []);
}

type Known = Pick<ProcessInfo, "pid" | "identity">;

export const stillAlive = (processes: readonly Known[]): readonly Known[] =>
  processes.filter(({ pid, identity }) => isSameProcess(pid, identity));

type Parents = ReadonlyMap<number, number>;

function parentsFromProc(): Parents {
  const pids = readdirSync("/proc").map(Number).filter(Number.isSafeInteger);
  return new Map(pids.map((pid) => [pid, parentFromProc(pid)]));
}

/** Field 4 of `/proc/<pid>/stat`; the name before it stands in brackets and may hold spaces. 0 when it is gone meanwhile. */
function parentFromProc(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0;
  }
}

function parentsFromPs(): Parents {
  const lines = execFileSync("ps", ["-axo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  return new Map(
    lines.map((line) => {
      const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
      return [pid, parent];
    }),
  );
}
