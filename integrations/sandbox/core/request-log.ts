import { join } from "node:path";
import type { SystemName } from "../system.js";
import { openJournal, readJournalEnd, type JournalEntry } from "./journal.js";

/** One request or delivery. Neither headers, queries nor bodies are kept, so there is no secret in it. */
export interface LogEntry {
  readonly at: number;
  readonly system: SystemName;
  readonly direction: "in" | "out";
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  /** Null while unanswered, and for ever when a fault cut the connection. */
  status: number | null;
  key?: string;
  fault?: string;
}

export interface RequestLog {
  add(entry: LogEntry): LogEntry;
  /** What became known of an entry later. With a data folder it is on disk when this returns, as with `add`: before the answer goes out. */
  note(entry: LogEntry, later: Partial<Pick<LogEntry, "status" | "key" | "fault">>): void;
  /** The last 1,000, across restarts. */
  all(): LogEntry[];
  clear(): void;
  close(): void;
}

const KEEP = 1000;
/** The file is cut back to what is kept when it holds this many lines: an entry takes two to four. */
const MOST_LINES = 8 * KEEP;
/** Several times what the kept entries take, so that a start reads them all and never more than this. */
const READ_BYTES = 4 * 1024 * 1024;
const COLLECTION = "log";
const IDEMPOTENCY_KEY = /lw_[a-z0-9_]{8,}/;

/** Long opaque path segments are one-time tickets and tokens; our own idempotency keys are not secret. */
export const redactPath = (path: string): string =>
  path
    .split("/")
    .map((part) => (part.length > 24 && !IDEMPOTENCY_KEY.test(part) ? "…" : part))
    .join("/");

export const findKey = (body: string): string | undefined => IDEMPOTENCY_KEY.exec(body)?.[0];

interface LogOptions {
  /** Absent: in memory only. */
  readonly dataDir: string | undefined;
  readonly changed: () => void;
}

export const openRequestLog = ({ dataDir, changed }: LogOptions): RequestLog => {
  const file = dataDir === undefined ? undefined : join(dataDir, "sandbox-log.jsonl");
  const entries = new Map<LogEntry, string>(file === undefined ? [] : keptIn(file));
  let journal = file === undefined ? undefined : openJournal(file);
  let next = 1 + Math.max(0, ...Array.from(entries.values(), Number));
  let lines = 0;

  const rewrite = (): void => {
    journal?.rewrite(Array.from(entries, ([row, id]) => ({ collection: COLLECTION, id, row })));
    lines = entries.size;
  };
  const write = (entry: LogEntry): void => {
    const id = entries.get(entry);
    // One so old that it is no longer kept.
    if (id === undefined) return;
    journal?.append({ collection: COLLECTION, id, row: entry });
    lines += 1;
    if (lines >= MOST_LINES) rewrite();
  };
  rewrite();

  return {
    add: (entry) => {
      entries.set(entry, String(next++));
      const [oldest] = entries.keys();
      if (entries.size > KEEP && oldest !== undefined) entries.delete(oldest);
      write(entry);
      changed();
      return entry;
    },
    note: (entry, later) => {
      Object.assign(entry, later);
      write(entry);
      changed();
    },
    all: () => [...entries.keys()],
    clear: () => {
      entries.clear();
      rewrite();
    },
    close: () => {
      journal?.close();
      // A delivery that is still under way may learn its answer later.
      journal = undefined;
    },
  };
};

/** The file's last entries, each as its last line tells it, in the order in which they began. */
const keptIn = (file: string): [LogEntry, string][] => {
  const rows = new Map<string, JournalEntry>();
  for (const entry of readJournalEnd(file, READ_BYTES)) rows.set(entry.id, entry);
  const inOrder = [...rows.values()].sort((a, b) => Number(a.id) - Number(b.id)).slice(-KEEP);
  // What the file holds is what a log put there, in this process or an earlier one.
  return inOrder.map(({ id, row }) => [row as LogEntry, id]);
};
