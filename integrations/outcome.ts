/**
 * What is known after a call that failed.
 * - `REJECTED`: not applied, and repeating it will not help.
 * - `TRANSIENT`: not applied; repeat later.
 * - `AMBIGUOUS`: perhaps applied; look it up before anything else.
 * - `AUTH`: the credentials were refused; nothing was applied.
 */
export type OutcomeClass = "REJECTED" | "TRANSIENT" | "AMBIGUOUS" | "AUTH";

export interface ConnectorErrorDetails {
  readonly outcome: OutcomeClass;
  /** The remote system's own code where it has one ("channel_not_found", "INVALID_FIELD", "http_503"). Never personal data. */
  readonly code: string;
  /** What the remote system said, for people. May hold personal data: it is stored sealed and never leaves by Temporal. */
  readonly message: string;
  readonly retryAfterMs?: number;
  /** The rate-slot scope that a Retry-After applies to; the whole connection when absent. */
  readonly scope?: string;
  /** Messages for single fields of the request, by field name. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** The only error that an action, a look-up or a check may throw knowingly; anything else counts as AMBIGUOUS on a write. */
export class ConnectorError extends Error {
  readonly outcome: OutcomeClass;
  readonly code: string;
  readonly retryAfterMs: number | undefined;
  readonly scope: string | undefined;
  readonly fields: Readonly<Record<string, string>>;

  constructor(details: ConnectorErrorDetails) {
    super(details.message, { cause: details.cause });
    this.name = "ConnectorError";
    this.outcome = details.outcome;
    this.code = details.code;
    this.retryAfterMs = details.retryAfterMs;
    this.scope = details.scope;
    this.fields = details.fields ?? {};
  }
}
