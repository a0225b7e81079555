import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";

/** A file's text, or undefined when it does not exist or vanished meanwhile. */
export function tryRead(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Replaces the file in one step: a reader, or a crash, sees the old text or the new one. */
export function writeAtomically(file: string, text: string, mode = 0o600): void {
  const draft = `${file}.${process.pid}.tmp`;
  const handle = openSync(draft, "w", mode);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}

export function readJson(file: string): unknown {
  const text = tryRead(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // written by hand or cut short; the callers rebuild it
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** ESRCH and EACCES come from /proc: the process ended while it was read, or belongs to somebody else. */
function isMissing(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && ["ENOENT", "ESRCH", "EACCES", "ENOTDIR"].includes(String(error.code))
  );
}
