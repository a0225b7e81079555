import { isSameProcess } from "./process-table.js";
import { waitFor } from "./wait.js";

export interface ProcessToEnd {
  readonly pid: number;
  readonly identity: string;
}

export interface EndOptions {
  readonly signal: NodeJS.Signals;
  /** How long the process may take before it is killed. */
  readonly graceMs: number;
  /** Sent instead of SIGKILL when even that needs care. */
  readonly lastResort?: NodeJS.Signals;
}

/** Ends exactly this process, never a later one with its pid: politely, then for certain. */
export async function endProcess(
  target: ProcessToEnd,
  { signal, graceMs, lastResort = "SIGKILL" }: EndOptions,
): Promise<void> {
  for (const [next, patienceMs] of [
    [signal, graceMs],
    [lastResort, 5_000],
    ["SIGKILL", 5_000],
  ] as const) {
    if (!isSameProcess(target.pid, target.identity)) return;
    sendSignal(target.pid, next);
    const gone = await waitFor(() => (isSameProcess(target.pid, target.identity) ? undefined : true), {
      everyMs: 50,
      timeoutMs: patienceMs,
    });
    if (gone) return;
  }
  throw new Error(`Process ${target.pid} does not end, not even by SIGKILL.`);
}

/** False when the process was gone already. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}
