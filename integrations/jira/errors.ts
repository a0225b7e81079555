import { z } from "zod";
import { TransportError, type HttpResponse } from "../http.js";
import { ConnectorError, type OutcomeClass } from "../outcome.js";

/** What is known of the request that an answer belongs to. */
export interface JiraAsk {
  readonly writes: boolean;
  /** The issue that it concerns, for Jira's limit on writes per issue. */
  readonly issue: string | null;
}

/** Statuses whose meaning does not depend on the request; anything else is decided by its hundred. */
const BY_STATUS: Readonly<Record<number, OutcomeClass>> = {
  400: "REJECTED",
  401: "AUTH",
  403: "REJECTED",
  404: "REJECTED",
  409: "TRANSIENT",
  410: "REJECTED",
  413: "REJECTED",
  423: "TRANSIENT",
  425: "TRANSIENT",
  429: "TRANSIENT",
};

/** Refusals of our own guards: repeating the same request meets the same guard. */
const REFUSED_BY_GUARD = new Set(["bad_protocol", "credentials_in_url", "host_not_allowed", "private_address"]);

const errorBodySchema = z.object({
  errorMessages: z.array(z.string()).optional().catch(undefined),
  errors: z.record(z.string(), z.string()).optional().catch(undefined),
  message: z.string().optional().catch(undefined),
});

/** A write whose answer was lost, redirected or unreadable may have been applied; a read never was. */
const doubtful = (ask: JiraAsk): OutcomeClass => (ask.writes ? "AMBIGUOUS" : "TRANSIENT");

/**
 * Jira's answer as a typed error.
 * @see https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes
 */
export function answerError(response: HttpResponse, ask: JiraAsk, now: Date): ConnectorError {
  const { status, headers } = response;
  const body = readErrors(response.body);
  const retryAfterMs = retryAfter(headers, now);
  const scope = limitedScope(headers, ask);
  return new ConnectorError({
    outcome: outcomeOf(status, ask),
    code: `http_${status}`,
    message: body.message ?? `Jira answered ${status} without saying why`,
    fields: body.fields,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(scope !== undefined && { scope }),
  });
}

function outcomeOf(status: number, ask: JiraAsk): OutcomeClass {
  const known = BY_STATUS[status];
  if (known) return known;
  // 408: the server gave up waiting, possibly after it began to act.
  return status < 400 || status >= 500 || status === 408 ? doubtful(ask) : "REJECTED";
}

/** 2xx, yet not an answer of Jira: a login page, a proxy's notice, a cut body. */
export const unreadable = (ask: JiraAsk, message: string): ConnectorError =>
  new ConnectorError({ outcome: doubtful(ask), code: "unreadable_answer", message });

export function transportFailure(error: unknown, ask: JiraAsk): unknown {
  if (!(error instanceof TransportError)) return error;
  return new ConnectorError({
    outcome: error.phase === "sent" ? doubtful(ask) : REFUSED_BY_GUARD.has(error.code) ? "REJECTED" : "TRANSIENT",
    code: error.code,
    message: `Jira: ${error.message}`,
    cause: error,
  });
}

function readErrors(raw: Buffer): { message: string | undefined; fields: Record<string, string> } {
  const text = raw.toString("utf8").trim();
  const parsed = errorBodySchema.safeParse(parseJson(text));
  if (!parsed.success) return { message: text.slice(0, 500) || undefined, fields: {} };
  const { errorMessages = [], errors = {}, message } = parsed.data;
  const lines = [
    ...errorMessages,
    ...(message ? [message] : []),
    ...Object.entries(errors).map(([field, why]) => `${field}: ${why}`),
  ];
  return { message: lines.join("; ") || undefined, fields: errors };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Headers = Readonly<Record<string, string>>;

/** Retry-After as seconds or a date, else the moment at which the limit is said to reset. */
function retryAfter(headers: Headers, now: Date): number | undefined {
  const after = headers["retry-after"];
  if (after !== undefined && /^\d+$/.test(after.trim())) return Number(after) * 1_000;
  const moment = Date.parse(after ?? headers["x-ratelimit-reset"] ?? "");
  return Number.isNaN(moment) ? undefined : Math.max(0, moment - now.getTime());
}

const limitedScope = (headers: Headers, ask: JiraAsk): string | undefined =>
  headers["ratelimit-reason"] === "jira-per-issue-on-write" && ask.issue !== null ? `issue:${ask.issue}` : undefined;
