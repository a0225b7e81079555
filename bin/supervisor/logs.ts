import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from "node:fs";

const ROTATE_BYTES = 5_000_000;
const KEPT = 3;

/** Opens a log for appending, moving a large one to `.1` first, `.1` to `.2` and so on. The child writes to it directly, so it outlives us. */
export function openLog(file: string): number {
  if (existsSync(file) && statSync(file).size > ROTATE_BYTES) rotate(file);
  return openSync(file, "a", 0o600);
}

function rotate(file: string): void {
  for (let number = KEPT - 1; number >= 1; number -= 1) {
    if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`);
  }
  renameSync(file, `${file}.1`);
}

/** The log's size now, to read later what was written since. */
export const logEnd = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

/** The line of a log, written since `from`, that most likely says what went wrong. */
export function lastWords(file: string, from: number): string {
  const lines = readFrom(file, from)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const telling = lines.filter((line) => /error|fatal|cannot|panic/i.test(line) && !/^at /.test(line));
  return (telling.at(-1) ?? lines.at(-1) ?? "").slice(0, 300);
}

const READ_BYTES = 16_384;

function readFrom(file: string, from: number): string {
  const start = Math.max(from, logEnd(file) - READ_BYTES);
  const handle = openSync(file, "r");
  try {
    const buffer = Buffer.alloc(READ_BYTES);
    return buffer.toString("utf8", 0, readSync(handle, buffer, 0, READ_BYTES, start));
  } finally {
    closeSync(handle);
  }
}
