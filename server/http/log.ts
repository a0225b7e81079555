import type { Logger } from "pino";
import { z } from "zod";

/** What our code says to the log: a fixed message and fields, never personal data. An error means that somebody must act now. */
export type Log = Pick<Logger, "info" | "warn" | "error">;

export interface LoggableError {
  readonly name: string;
  readonly code: string | undefined;
  /** Where it came from. The message is left out: databases and parsers quote what people wrote. */
  readonly at: readonly string[];
  /** What a schema refused, and where in what it read: without the values. */
  readonly refused?: readonly string[];
  readonly cause: LoggableError | undefined;
}

export function loggable(error: unknown): LoggableError {
  if (!(error instanceof Error)) return { name: typeof error, code: undefined, at: [], cause: undefined };
  return {
    name: error.name,
    code: "code" in error && typeof error.code === "string" ? error.code : undefined,
    at: (error.stack ?? "").split("\n").flatMap((line) => /^\s+at (.+)$/.exec(line)?.[1] ?? []),
    ...(error instanceof z.ZodError && { refused: error.issues.map(placeOf) }),
    cause: error.cause === undefined ? undefined : loggable(error.cause),
  };
}

const placeOf = ({ code, path }: z.core.$ZodIssue): string => `${code} at ${path.map(keyOf).join(".") || "the top"}`;

/** Keys are ours, but for those of a record, which may be anybody's words. */
const keyOf = (key: PropertyKey): string => (/^[\w$-]{1,64}$/.test(String(key)) ? String(key) : "?");
