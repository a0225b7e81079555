import { readFileSync } from "node:fs";

/** What a process holds in memory, bytes; Linux only, as where this product is run. */
export function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`the system does not say what process ${pid} holds`);
  return Number(kilobytes) * 1024;
}
