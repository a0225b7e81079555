import { isRecord, readJson, writeAtomically } from "./files.js";

/** One supervised process. `startedAt` is ISO 8601; `identity` tells it from a later process with the same pid. */
export interface RunningProcess {
  readonly role: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly identity: string;
}

/** `processes.json` in the data folder: what runs now. The api shows it, and the next start ends what it names. */
export function writeProcesses(file: string, processes: readonly RunningProcess[]): void {
  writeAtomically(file, `${JSON.stringify(processes, undefined, 2)}\n`);
}

export function readProcesses(file: string): RunningProcess[] {
  const value = readJson(file);
  return Array.isArray(value) ? value.filter(isRunningProcess) : [];
}

function isRunningProcess(value: unknown): value is RunningProcess {
  return (
    isRecord(value) &&
    typeof value["role"] === "string" &&
    typeof value["pid"] === "number" &&
    typeof value["startedAt"] === "string" &&
    typeof value["identity"] === "string"
  );
}
