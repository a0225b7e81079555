import { readFile } from "node:fs/promises";

/** Clock ticks a second: fixed on Linux. */
const TICKS = 100;

/** CPU milliseconds that a process and its waited-for children used so far (proc(5): utime, stime, cutime, cstime). */
async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index] ?? 0), 0);
  return (ticks * 1_000) / TICKS;
}

/** Proportional set size in megabytes. */
async function ownPssMb(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1_024;
}

/** The sum over a process and all that descend from it: PostgreSQL works in children. */
async function sumOfTree(pid: number, read: (pid: number) => Promise<number>): Promise<number> {
  const own = await read(pid);
  const tasks = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
  const children = tasks.trim().split(" ").filter(Boolean).map(Number);
  const below = await Promise.all(children.map((child) => sumOfTree(child, read)));
  return below.reduce((sum, amount) => sum + amount, own);
}

export const cpuMsOfTree = (pid: number): Promise<number> => sumOfTree(pid, cpuMs);

export const pssMbOfTree = (pid: number): Promise<number> => sumOfTree(pid, ownPssMb);
