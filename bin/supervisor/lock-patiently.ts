import type { DataFolder } from "./data-folder.js";
import { takeLock } from "./lock.js";
import type { Lock, LockHolder } from "./lock.js";
import type { Terminal } from "./progress.js";
import { waitFor } from "./wait.js";

/** A command holds the folder for moments only. */
const COMMAND_MS = 60_000;

/** Takes the folder's lock. A command is waited for; a server has the folder for as long as it runs, so that throws. */
export async function takeLockPatiently(
  folder: DataFolder,
  kind: LockHolder["kind"],
  terminal: Terminal,
): Promise<Lock> {
  let told = false;
  const lock = await waitFor(
    () => {
      const attempt = takeLock(folder.lock, kind);
      if (attempt.taken) return attempt.lock;
      if (attempt.by.kind === "server") throw alreadyRunning(folder, attempt.by);
      if (!told) terminal.line(`Waiting for a command that uses ${folder.path} (process ${attempt.by.pid}).`);
      told = true;
      return undefined;
    },
    { timeoutMs: COMMAND_MS },
  );
  if (lock === undefined)
    throw new Error(`A command has used ${folder.path} for over ${COMMAND_MS / 1000} s; see ${folder.lock}.`);
  return lock;
}

function alreadyRunning(folder: DataFolder, { pid }: LockHolder): Error {
  return new Error(
    `Loopwright already runs on ${folder.path} (process ${pid}). ` +
      "Use that one, end it first, or give this one a folder and a port of its own (LOOPWRIGHT_DATA_DIR, PORT).",
  );
}
