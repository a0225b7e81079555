import { STATUS_CODES } from "node:http";
import { z } from "zod";
import { sqlState } from "../../workflows/ledger/transact.js";
import { DomainError } from "../errors.js";
import type { ApiProblem } from "./common-api.js";

/** RFC 9457. `unexpected` failures are ours: they are logged, and the caller learns nothing of them but the request's id. */
export interface Problem {
  readonly unexpected: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ApiProblem & Readonly<Record<string, unknown>>;
}

type Reading = (error: unknown) => Problem | null;

/** The first that recognises an error words it. */
const readings: readonly Reading[] = [fromDomain, fromZod, fromDatabase, fromExpress];

export function toProblem(error: unknown): Problem {
  for (const read of readings) {
    const problem = read(error);
    if (problem) return problem;
  }
  const detail =
    "Something went wrong on our side. Try again; if it stays, give the request id to whoever runs Loopwright.";
  return { ...problemOf(500, "internal_error", detail), unexpected: true };
}

/** What a request's schema refused, as the caller is told: one message a field. */
export const invalidRequest = (error: z.ZodError): DomainError => {
  const fields = fieldsOf(error.issues);
  const [first] = Object.entries(fields);
  const message = first ? `The request is not valid: ${first[0]}: ${first[1]}` : "The request is not valid.";
  return new DomainError({ status: 400, code: "invalid_request", message, extra: { fields } });
};

export const fieldsOf = (issues: readonly z.core.$ZodIssue[]): Record<string, string> =>
  Object.fromEntries(issues.toReversed().map(({ path, message }) => [path.map(String).join(".") || "body", message]));

function fromDomain(error: unknown): Problem | null {
  if (!(error instanceof DomainError)) return null;
  const challenge = error.status === 401 ? { "www-authenticate": 'Bearer realm="Loopwright"' } : {};
  const { body } = problemOf(error.status, error.code, error.message);
  return { unexpected: false, headers: { ...challenge, ...error.headers }, body: { ...error.extra, ...body } };
}

function fromZod(error: unknown): Problem | null {
  return error instanceof z.ZodError ? fromDomain(invalidRequest(error)) : null;
}

const RETRY_AFTER_S = "5";

/** The database is away, starting, full, or too busy: the same request may work in a moment. */
function fromDatabase(error: unknown): Problem | null {
  if (!isDatabaseAway(error)) return null;
  const detail = "The database does not answer right now. Nothing was stored; try again in a few seconds.";
  return { ...problemOf(503, "database_unavailable", detail), headers: { "retry-after": RETRY_AFTER_S } };
}

/** Connection errors, PostgreSQL's classes 08 and 53, and what ends a statement from outside. */
const AWAY =
  /^(08...|53...|57P0[1-5]|57014|55P03|40P01|40001|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
/** node-postgres gives these no code. */
const AWAY_WORDS =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Cannot use a pool after)/;

export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (AWAY.test(sqlState(error) ?? "") || AWAY_WORDS.test(error.message)) return true;
  return error instanceof AggregateError && error.errors.some(isDatabaseAway);
}

/** Express's own refusals, such as a path that is not percent-encoded properly. */
function fromExpress(error: unknown): Problem | null {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return null;
  if (error.status < 400 || error.status > 499) return null;
  return problemOf(error.status, "bad_request", STATUS_CODES[error.status] ?? "The request is not valid.");
}

function problemOf(status: number, code: string, detail: string): Problem {
  const title = STATUS_CODES[status] ?? "Error";
  return { unexpected: false, headers: {}, body: { type: "about:blank", title, status, code, detail } };
}
