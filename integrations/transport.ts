import type { TransportError } from "./http.js";
import { ConnectorError, type OutcomeClass } from "./outcome.js";

/** A failed read changed nothing, so it is never ambiguous. */
export type Intent = "read" | "write";

/** Failures that the same request will meet again: they lie in the configuration or in the request. */
const HOPELESS = new Set([
  "bad_url",
  "bad_protocol",
  "credentials_in_url",
  "host_not_allowed",
  "private_address",
  "sandbox_off",
  "UND_ERR_INVALID_ARG",
]);

/** The class of a failure below HTTP: what never left was not applied; of what left, nobody knows. */
export function fromTransport(error: TransportError, intent: Intent): ConnectorError {
  return new ConnectorError({
    outcome: outcomeOf(error, intent),
    code: error.code.toLowerCase(),
    message: `No answer: ${error.message}.`,
    cause: error,
  });
}

function outcomeOf({ phase, code }: TransportError, intent: Intent): OutcomeClass {
  if (phase === "unsent") return HOPELESS.has(code) ? "REJECTED" : "TRANSIENT";
  return unknownOutcome(intent);
}

export const unknownOutcome = (intent: Intent): OutcomeClass => (intent === "write" ? "AMBIGUOUS" : "TRANSIENT");

/** RFC 9110 section 10.2.3: seconds, or a date. Milliseconds from now; undefined when the header is missing or unreadable. */
export function retryAfterMs(header: string | undefined, now = new Date()): number | undefined {
  const value = header?.trim() ?? "";
  if (/^\d{1,8}$/.test(value)) return Number(value) * 1000;
  const at = /[a-z]{3}/i.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
