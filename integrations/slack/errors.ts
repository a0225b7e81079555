import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from "@slack/web-api";
import { z } from "zod";
import { TransportError } from "../http.js";
import { ConnectorError, type OutcomeClass } from "../outcome.js";
import { fromTransport, retryAfterMs, unknownOutcome, type Intent } from "../transport.js";

/** Slack's error codes that do not simply mean "refused". Source: the error tables of Slack's method reference. */
const OUTCOMES: Readonly<Record<string, OutcomeClass>> = {
  ratelimited: "TRANSIENT",
  rate_limited: "TRANSIENT",
  // The POST data was missing or cut short: nothing was understood, so nothing was done.
  request_timeout: "TRANSIENT",
  internal_error: "AMBIGUOUS",
  // "It's possible some aspect of the operation succeeded before the error was raised."
  fatal_error: "AMBIGUOUS",
  service_unavailable: "AMBIGUOUS",
  invalid_auth: "AUTH",
  not_authed: "AUTH",
  account_inactive: "AUTH",
  token_revoked: "AUTH",
  token_expired: "AUTH",
  missing_scope: "AUTH",
  not_allowed_token_type: "AUTH",
  team_access_not_granted: "AUTH",
};

const WORDS: Readonly<Record<string, string>> = {
  channel_not_found: "Slack does not know this channel, or the app may not see it.",
  not_in_channel: "The app is not in this channel: invite it there with /invite.",
  is_archived: "This channel is archived.",
  no_text: "The message is empty.",
  msg_too_long: "The message is too long for Slack.",
  message_not_found: "The message is no longer there.",
  ratelimited: "Slack asks for a pause.",
  invalid_auth: "Slack refused the token.",
  token_revoked: "The token was revoked in Slack.",
  token_expired: "The token has expired.",
  account_inactive: "The app was removed from this workspace.",
};

const platformSchema = z.object({
  error: z.string().catch(""),
  needed: z.string().optional().catch(undefined),
  response_metadata: z
    .object({ messages: z.array(z.string()).optional(), retryAfter: z.number().optional() })
    .optional()
    .catch(undefined),
});

/** What is known of the HTTP answer, for errors in which the client leaves it out. */
export interface Answered {
  status?: number;
}

/** Turns whatever `@slack/web-api` threw into a class; what `aboutToSend` threw passes through as it is. */
export function slackError(error: unknown, intent: Intent, answered: Answered): unknown {
  if (error instanceof WebAPIPlatformError) return fromPlatform(error, intent);
  if (error instanceof WebAPIRateLimitedError) return rateLimited(error.retryAfter * 1000);
  if (error instanceof WebAPIHTTPError) return fromStatus(error, intent);
  // A 429 without a readable Retry-After reaches us as a plain Error.
  if (answered.status === 429) return rateLimited(undefined);
  if (!(error instanceof WebAPIRequestError)) return unreadable(intent, error);
  return error.original instanceof TransportError ? fromTransport(error.original, intent) : error.original;
}

/** An answer that is not Slack's, or not the shape that Slack documents. */
export const unreadable = (intent: Intent, cause?: unknown): ConnectorError =>
  new ConnectorError({
    outcome: unknownOutcome(intent),
    code: "unreadable_answer",
    message: "The answer is not one that Slack documents.",
    cause,
  });

/** For answers that do not come through the client. */
export function codeOutcome(code: string, intent: Intent): OutcomeClass {
  const outcome = /^[a-z_]+$/.test(code) ? (OUTCOMES[code] ?? "REJECTED") : "AMBIGUOUS";
  return outcome === "AMBIGUOUS" ? unknownOutcome(intent) : outcome;
}

function fromPlatform(error: WebAPIPlatformError, intent: Intent): ConnectorError {
  const { error: code, needed, response_metadata: more } = platformSchema.parse(error.data);
  // A page of HTML arrives here as the "error" of the body.
  if (!/^[a-z_]+$/.test(code)) return unreadable(intent, error);
  const outcome = codeOutcome(code, intent);
  if (OUTCOMES[code] === "TRANSIENT" && code !== "request_timeout")
    return rateLimited(more?.retryAfter === undefined ? undefined : more.retryAfter * 1000);
  const details = [needed && `needs the scope ${needed}`, ...(more?.messages ?? [])].filter(Boolean).join("; ");
  return new ConnectorError({
    outcome,
    code,
    message: `${WORDS[code] ?? "Slack refused the request."} (${[code, details].filter(Boolean).join(": ")})`,
    cause: error,
  });
}

/** Without a hint, Slack's smallest documented window is a minute; half of it is usually enough. */
const rateLimited = (waitMs: number | undefined): ConnectorError =>
  new ConnectorError({
    outcome: "TRANSIENT",
    code: "ratelimited",
    message: WORDS["ratelimited"] ?? "",
    retryAfterMs: waitMs ?? 30_000,
  });

const RETRYABLE = new Set([408, 425, 429]);

/** Slack itself answers with 200 or 429 only; everything else comes from something in between. */
function fromStatus(error: WebAPIHTTPError, intent: Intent): ConnectorError {
  const { statusCode } = error;
  const wait = retryAfterMs(error.headers["retry-after"]);
  return new ConnectorError({
    outcome: statusOutcome(statusCode, intent),
    code: `http_${statusCode}`,
    message: `Slack's address answered with HTTP ${statusCode}.`,
    ...(wait !== undefined && { retryAfterMs: wait }),
    cause: error,
  });
}

function statusOutcome(status: number, intent: Intent): OutcomeClass {
  if (RETRYABLE.has(status)) return "TRANSIENT";
  return status >= 400 && status < 500 ? "REJECTED" : unknownOutcome(intent);
}
