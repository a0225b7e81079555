import type { SystemName } from "../system.js";

/** One request or delivery. Neither headers, queries nor bodies are kept, so there is no secret in it. */
export interface LogEntry {
  readonly at: number;
  readonly system: SystemName;
  readonly direction: "in" | "out";
  readonly method: string;
  readonly path: string;
  operation: string;
  /** Null while unanswered, and for ever when a fault cut the connection. */
  status: number | null;
  key?: string;
  fault?: string;
}

export interface RequestLog {
  add(entry: LogEntry): LogEntry;
  all(): LogEntry[];
  clear(): void;
}

const KEEP = 5000;
const IDEMPOTENCY_KEY = /lw_[a-z0-9_]{8,}/;

/** Long opaque path segments are one-time tickets and tokens; our own idempotency keys are not secret. */
export const redactPath = (path: string): string =>
  path
    .split("/")
    .map((part) => (part.length > 24 && !IDEMPOTENCY_KEY.test(part) ? "…" : part))
    .join("/");

export const findKey = (body: string): string | undefined => IDEMPOTENCY_KEY.exec(body)?.[0];

export const createRequestLog = (changed: (entry: LogEntry) => void): RequestLog => {
  const entries: LogEntry[] = [];
  return {
    add: (entry) => {
      entries.push(entry);
      if (entries.length > KEEP) entries.shift();
      changed(entry);
      return entry;
    },
    all: () => [...entries],
    clear: () => entries.splice(0),
  };
};
