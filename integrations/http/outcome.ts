import type { HttpResponse } from "../http.js";
import { ConnectorError, type OutcomeClass } from "../outcome.js";
import { retryAfterMs, unknownOutcome, type Intent } from "../transport.js";

/** RFC 9110: the request was not taken, and may be sent again as it is. */
const LATER = new Set([408, 425, 429]);
/** These ask for the same request elsewhere, so it was not applied here; 302 and 303 may follow a POST that was. */
const ELSEWHERE = new Set([301, 307, 308]);

/** Null for success. Redirects are never followed: the answer says where to. */
export function failure(response: HttpResponse, intent: Intent, usesCredentials: boolean): ConnectorError | null {
  const { status, headers } = response;
  if (status >= 200 && status < 300) return null;
  const wait = retryAfterMs(headers["retry-after"]);
  const to = status >= 300 && status < 400 && headers["location"] ? ` and points to ${headers["location"]}` : "";
  return new ConnectorError({
    outcome: classify(status, intent, usesCredentials),
    code: `http_${status}`,
    message: `The address answered with HTTP ${status}${to}. ${excerpt(response)}`.trim(),
    ...(wait !== undefined && { retryAfterMs: wait }),
  });
}

function classify(status: number, intent: Intent, usesCredentials: boolean): OutcomeClass {
  if (LATER.has(status)) return "TRANSIENT";
  if (status === 401 && usesCredentials) return "AUTH";
  if (ELSEWHERE.has(status) || (status >= 400 && status < 500)) return "REJECTED";
  if (status < 400 && intent === "read") return "REJECTED";
  return unknownOutcome(intent);
}

/** Enough of the answer to see what is wrong; stored sealed like every remote text. */
const excerpt = ({ body }: HttpResponse): string => body.toString("utf8").slice(0, 300).trim();
