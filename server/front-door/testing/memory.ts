import { readFileSync, writeFileSync } from "node:fs";

/** What a process holds in memory, bytes; Linux only, as where this product is run. */
export const residentBytes = (pid: number): number => bytesOf(pid, "VmRSS");

/** The most that it held since its peak was forgotten. */
export const peakBytes = (pid: number): number => bytesOf(pid, "VmHWM");

/** proc(5), clear_refs: "5" sets the peak to what is held now. */
export const forgetPeak = (pid: number): void => {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
};

function bytesOf(pid: number, name: "VmRSS" | "VmHWM"): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`the system does not say what process ${pid} holds`);
  return Number(kilobytes) * 1024;
}
