import { z } from "zod";
import { TransportError } from "../http.js";
import { ConnectorError, type OutcomeClass } from "../outcome.js";

/** What is known of the request that an answer belongs to. A token request is never a write: asking twice harms nothing. */
interface Answered {
  readonly status: number;
  readonly writes: boolean;
}

interface ApiError {
  readonly errorCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

const rejected = [
  "API_CURRENTLY_DISABLED",
  "API_DISABLED_FOR_ORG",
  "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
  "DUPLICATES_DETECTED",
  "DUPLICATE_VALUE",
  "ENTITY_IS_DELETED",
  "ENTITY_IS_LOCKED",
  "FIELD_CUSTOM_VALIDATION_EXCEPTION",
  "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
  "INSUFFICIENT_ACCESS_OR_READONLY",
  "INVALID_CROSS_REFERENCE_KEY",
  "INVALID_FIELD",
  "INVALID_FIELD_FOR_INSERT_UPDATE",
  "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
  "INVALID_TYPE",
  "JSON_PARSER_ERROR",
  "MALFORMED_ID",
  "MALFORMED_QUERY",
  "MULTIPLE_CHOICES",
  "NOT_FOUND",
  "PROCESSING_HALTED",
  "REQUIRED_FIELD_MISSING",
  "STORAGE_LIMIT_EXCEEDED",
  "STRING_TOO_LONG",
];
const passing = ["REQUEST_LIMIT_EXCEEDED", "SERVER_UNAVAILABLE", "UNABLE_TO_LOCK_ROW", "temporarily_unavailable"];
const credentials = [
  "INVALID_AUTH_HEADER",
  "INVALID_SESSION_ID",
  "inactive_org",
  "inactive_user",
  "invalid_app_access",
  "invalid_client",
  "invalid_client_credentials",
  "invalid_client_id",
  "invalid_grant",
  "unauthorized_client",
  "unsupported_grant_type",
];

/** By code, not by status: Salesforce reports one and the same lock as 400 and as 500. */
const BY_CODE: ReadonlyMap<string, OutcomeClass> = new Map([
  ...rejected.map((code) => [code, "REJECTED"] as const),
  ...passing.map((code) => [code, "TRANSIENT"] as const),
  ...credentials.map((code) => [code, "AUTH"] as const),
]);

/** Which of several errors decides: repeating helps only where every one of them is passing. */
const GRAVITY: readonly OutcomeClass[] = ["AUTH", "AMBIGUOUS", "REJECTED", "TRANSIENT"];

/** One answer's errors as one typed error; what was halted is explained by its sibling. */
export function classify(errors: readonly ApiError[], answered: Answered): ConnectorError {
  const telling = errors.filter(({ errorCode }) => errorCode !== "PROCESSING_HALTED");
  const judged = (telling.length > 0 ? telling : errors).map((error) => ({
    error,
    outcome: outcomeOf(error, answered),
  }));
  const [worst] = judged.toSorted((a, b) => GRAVITY.indexOf(a.outcome) - GRAVITY.indexOf(b.outcome));
  const retryAfterMs = worst && pause(worst.error);
  return new ConnectorError({
    outcome: worst?.outcome ?? byStatus(answered),
    code: worst ? safeCode(worst.error.errorCode, answered) : `http_${answered.status}`,
    message:
      judged.map(({ error }) => error.message).join("; ") ||
      `Salesforce answered ${answered.status} without saying why`,
    fields: Object.fromEntries(judged.flatMap(({ error }) => error.fields.map((field) => [field, error.message]))),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function outcomeOf({ errorCode, message }: ApiError, answered: Answered): OutcomeClass {
  // An Apex trigger that met a lock reports itself, and the lock only in its words.
  if (errorCode === "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" && message.includes("UNABLE_TO_LOCK_ROW"))
    return "TRANSIENT";
  if (errorCode === "QUERY_TIMEOUT" || errorCode === "UNKNOWN_EXCEPTION") return doubtful(answered);
  return BY_CODE.get(errorCode) ?? byStatus(answered);
}

function byStatus(answered: Answered): OutcomeClass {
  const { status } = answered;
  if (status === 401) return "AUTH";
  if (status === 429) return "TRANSIENT";
  // 408: the server gave up waiting, possibly after it began to act.
  return status < 400 || status >= 500 || status === 408 ? doubtful(answered) : "REJECTED";
}

/** A write whose answer was lost, redirected or unreadable may have been applied; a read never was. */
const doubtful = ({ writes }: { readonly writes: boolean }): OutcomeClass => (writes ? "AMBIGUOUS" : "TRANSIENT");

function pause({ errorCode, message }: ApiError): number | undefined {
  if (errorCode !== "REQUEST_LIMIT_EXCEEDED") return undefined;
  // Too many at once passes in seconds; the day's total does not.
  return /concurrent/i.test(message) ? 30 * SECOND_MS : 15 * MINUTE_MS;
}

/** Codes are stored clear, so only what looks like one is kept. */
const safeCode = (code: string, { status }: Answered): string =>
  /^[A-Za-z0-9_]{1,80}$/.test(code) ? code : `http_${status}`;

const matchesSchema = z.object({
  matchResults: z.array(z.object({ matchRecords: z.array(z.object({ record: z.object({ Id: z.string() }) })) })),
});

const apiErrorSchema = z.object({
  errorCode: z.string(),
  message: z.string().default(""),
  fields: z.array(z.string()).nullish(),
  // Salesforce itself misspells the first; some answers have been seen with the second.
  duplicateResut: matchesSchema.nullish().catch(null),
  duplicateResult: matchesSchema.nullish().catch(null),
});

const tokenErrorSchema = z.object({ error: z.string(), error_description: z.string().default("") });

/** Reads `[{errorCode, message, fields}]`, one such object, or a token endpoint's `{error, error_description}`. */
export function readErrors(body: unknown): ApiError[] {
  const list = z.array(apiErrorSchema).safeParse(Array.isArray(body) ? body : [body]);
  if (list.success) return list.data.map(toApiError);
  const token = tokenErrorSchema.safeParse(body);
  if (!token.success) return [];
  const { error, error_description } = token.data;
  return [{ errorCode: error, message: `${error}: ${error_description}`, fields: [] }];
}

function toApiError(error: z.infer<typeof apiErrorSchema>): ApiError {
  const { errorCode, message, fields } = error;
  const matches =
    (error.duplicateResut ?? error.duplicateResult)?.matchResults.flatMap(({ matchRecords }) => matchRecords) ?? [];
  const ids = matches.map(({ record }) => record.Id).join(", ");
  return { errorCode, message: ids === "" ? message : `${message} (${ids})`, fields: fields ?? [] };
}

export const redirected = (answered: Answered): ConnectorError =>
  new ConnectorError({
    outcome: doubtful(answered),
    code: `http_${answered.status}`,
    message: `Salesforce redirected (${answered.status}); Loopwright does not follow. Check the address of the connection.`,
  });

/** 2xx, yet not an answer of Salesforce's API: a login page, a proxy's notice, a cut body. */
export const unreadable = (answered: { readonly writes: boolean }, message: string): ConnectorError =>
  new ConnectorError({ outcome: doubtful(answered), code: "unreadable_answer", message });

/** Refusals of our own guards: repeating the same request meets the same guard. */
const REFUSED_BY_GUARD = new Set(["bad_protocol", "credentials_in_url", "host_not_allowed", "private_address"]);

export function transportFailure(error: unknown, asked: { readonly writes: boolean }): unknown {
  if (!(error instanceof TransportError)) return error;
  return new ConnectorError({
    outcome: error.phase === "sent" ? doubtful(asked) : REFUSED_BY_GUARD.has(error.code) ? "REJECTED" : "TRANSIENT",
    code: error.code,
    message: `Salesforce: ${error.message}`,
    cause: error,
  });
}
