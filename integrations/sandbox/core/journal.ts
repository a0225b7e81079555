import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** One line of the journal: a row as it is now, or none when it was deleted. */
export interface JournalEntry {
  readonly collection: string;
  readonly id: string;
  readonly row?: object;
}

export interface Journal {
  /** Returns when the operating system has the line: a killed process loses nothing that was answered. */
  append(entry: JournalEntry): void;
  /** Replaces the file by these entries alone. */
  rewrite(entries: Iterable<JournalEntry>): void;
  close(): void;
}

const toLine = (entry: JournalEntry): string =>
  JSON.stringify({ c: entry.collection, id: entry.id, ...(entry.row === undefined ? {} : { row: entry.row }) }) + "\n";

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

const parseLine = (line: string): JournalEntry | undefined => {
  const value: unknown = JSON.parse(line);
  if (!isObject(value) || typeof value["c"] !== "string" || typeof value["id"] !== "string") return undefined;
  const base = { collection: value["c"], id: value["id"] };
  return isObject(value["row"]) ? { ...base, row: value["row"] } : base;
};

/** A process killed while appending leaves half a last line: that row was never answered, so it is dropped. */
export const readJournal = (file: string): JournalEntry[] =>
  existsSync(file) ? readLines(file, readFileSync(file, "utf8")) : [];

/** The last entries alone, however large the file: whole lines within its last `bytes`. */
export const readJournalEnd = (file: string, bytes: number): JournalEntry[] => {
  if (!existsSync(file)) return [];
  const handle = openSync(file, "r");
  try {
    const start = Math.max(0, fstatSync(handle).size - bytes);
    const buffer = Buffer.alloc(bytes);
    const text = buffer.toString("utf8", 0, readSync(handle, buffer, 0, bytes, start));
    return readLines(file, start === 0 ? text : text.slice(text.indexOf("\n") + 1));
  } finally {
    closeSync(handle);
  }
};

const readLines = (file: string, text: string): JournalEntry[] => {
  const lines = text.split("\n");
  const last = lines.length - 1;
  return lines.flatMap((line, index) => {
    if (line === "" || index === last) return [];
    const entry = readLine(file, line, index);
    return entry === undefined ? [] : [entry];
  });
};

const readLine = (file: string, line: string, index: number): JournalEntry | undefined => {
  try {
    return parseLine(line);
  } catch (error) {
    throw new Error(`${file}: line ${index + 1} is not JSON. Delete the file to start the sandbox empty.`, {
      cause: error,
    });
  }
};

export const openJournal = (file: string): Journal => {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, "", { mode: 0o600 });
  let handle = openSync(file, "a");
  const rewrite = (entries: Iterable<JournalEntry>): void => {
    const fresh = `${file}.new`;
    writeFileSync(fresh, Array.from(entries, toLine).join(""), { mode: 0o600 });
    closeSync(handle);
    renameSync(fresh, file);
    handle = openSync(file, "a");
  };
  return { append: (entry) => void writeSync(handle, toLine(entry)), rewrite, close: () => closeSync(handle) };
};
