import type { Logger } from "pino";

/** What our code says to the log: a fixed message and fields, never personal data. An error means that somebody must act now. */
export type Log = Pick<Logger, "info" | "warn" | "error">;

export interface LoggableError {
  readonly name: string;
  readonly code: string | undefined;
  /** Where it came from. The message is left out: databases and parsers quote what people wrote. */
  readonly at: readonly string[];
  readonly cause: LoggableError | undefined;
}

export function loggable(error: unknown): LoggableError {
  if (!(error instanceof Error)) return { name: typeof error, code: undefined, at: [], cause: undefined };
  return {
    name: error.name,
    code: "code" in error && typeof error.code === "string" ? error.code : undefined,
    at: (error.stack ?? "").split("\n").flatMap((line) => /^\s+at (.+)$/.exec(line)?.[1] ?? []),
    cause: error.cause === undefined ? undefined : loggable(error.cause),
  };
}
