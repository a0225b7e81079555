import { linkSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { isRecord, tryRead } from "./files.js";
import { inspectProcess, isSameProcess } from "./process-table.js";
import type { Inspect } from "./process-table.js";

/** Who uses a data folder: the server, or one command of the command line while no server runs. */
export interface LockHolder {
  readonly kind: "server" | "command";
  readonly pid: number;
  readonly identity: string;
}

export interface Lock {
  release(): void;
}

export type LockAttempt =
  { readonly taken: true; readonly lock: Lock } | { readonly taken: false; readonly by: LockHolder };

/** Takes the folder's lock, stealing it from a holder that no longer runs (its pid may belong to somebody else by now). */
export function takeLock(file: string, kind: LockHolder["kind"], inspect: Inspect = inspectProcess): LockAttempt {
  const me = inspect(process.pid);
  if (me === undefined)
    throw new Error("This process cannot find itself in the process table, so it cannot lock its data folder.");
  const text = JSON.stringify({ kind, pid: me.pid, identity: me.identity });
  for (;;) {
    if (createWhole(file, text)) return { taken: true, lock: { release: () => releaseLock(file, text) } };
    const seen = tryRead(file);
    const holder = liveHolder(seen, inspect);
    if (holder !== undefined) return { taken: false, by: holder };
    if (seen !== undefined) removeStale(file, seen);
  }
}

/** The holder that a lock file names, if it still runs. An unreadable file is nobody's. */
export function liveHolder(text: string | undefined, inspect: Inspect = inspectProcess): LockHolder | undefined {
  const holder = parseHolder(text);
  return holder !== undefined && isSameProcess(holder.pid, holder.identity, inspect) ? holder : undefined;
}

function parseHolder(text: string | undefined): LockHolder | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    if (!isRecord(value)) return undefined;
    const { kind, pid, identity } = value;
    if (typeof pid !== "number" || typeof identity !== "string") return undefined;
    return { kind: kind === "command" ? "command" : "server", pid, identity };
  } catch {
    return undefined;
  }
}

/** A hard link makes the file appear with its whole text, so nobody reads half a lock. */
function createWhole(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** Moving is atomic, so of several stealers one gets the stale file; one that got a fresh lock by a hair puts it back. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return; // somebody else was faster
  }
  if (tryRead(aside) !== stale) linkSync(aside, file);
  unlinkSync(aside);
}

function releaseLock(file: string, mine: string): void {
  if (tryRead(file) === mine) unlinkSync(file);
}
