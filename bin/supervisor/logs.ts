import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from "node:fs";
import { isRecord } from "./files.js";

const ROTATE_BYTES = 5_000_000;
const KEPT = 3;

/** Opens a log for appending. The child writes to it directly, so it outlives us. */
export const openLog = (file: string): number => openSync(file, "a", 0o600);

/** Moves a large log to `.1`, `.1` to `.2` and so on. To be called between one child's end and the next one's start. */
export function rotateLarge(file: string): void {
  if (logEnd(file) > ROTATE_BYTES) rotate(file);
}

function rotate(file: string): void {
  for (let number = KEPT - 1; number >= 1; number -= 1) {
    if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`);
  }
  renameSync(file, `${file}.1`);
}

/** The log's size now, to read later what was written since. */
export const logEnd = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

/** What a runtime prints only when it dies of it: Go, V8. */
const LAST_GASP = /^(panic|fatal error): /i;
/** What comes after the line that tells: stack frames and an error's fields are indented. */
const AFTERTHOUGHT = /^(\s|\}|\^|Node\.js v\d|$)|LOG: {2}database system is shut down/;

/** The last thing that a process said: the last line it wrote since `from`, or the headline of the report that it ended with. */
export function lastWords(file: string, from: number): string {
  const lines = readFrom(file, from).split("\n");
  const gasp = lines.findLast((line) => LAST_GASP.test(line));
  const last = gasp ?? lines.findLast((line) => !AFTERTHOUGHT.test(line)) ?? "";
  return (messageOf(last) ?? last).trim().slice(0, 300);
}

/** Everything that a process wrote since `from` after these words; undefined where it did not write them. */
export function wordsAfter(file: string, from: number, words: string): string | undefined {
  const text = readFrom(file, from);
  const at = text.lastIndexOf(words);
  return at < 0 ? undefined : text.slice(at + words.length).trim();
}

/** Our own processes log one JSON object a line; a person wants its message. */
function messageOf(line: string): string | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return isRecord(entry) && typeof entry["msg"] === "string" ? entry["msg"] : undefined;
  } catch {
    // Not JSON: a line that is its own message.
    return undefined;
  }
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
