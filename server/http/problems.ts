import { STATUS_CODES } from "node:http";
import type { z } from "zod";
import { isDatabaseAway } from "../../workflows/ledger/database-away.js";
import { DomainError } from "../errors.js";
import type { ApiProblem } from "./common-api.js";
import { givenAt, isAuthors, nameOf, wordIssue } from "./issue-words.js";

/** RFC 9457. `unexpected` failures are ours: they are logged, and the caller learns nothing of them but the request's id. */
export interface Problem {
  readonly unexpected: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ApiProblem & Readonly<Record<string, unknown>>;
}

type Reading = (error: unknown) => Problem | null;

/** The first that recognises an error words it. */
const readings: readonly Reading[] = [fromDomain, fromDatabase, fromExpress];

export function toProblem(error: unknown): Problem {
  for (const read of readings) {
    const problem = read(error);
    if (problem) return problem;
  }
  const detail =
    "Something went wrong on our side. Try again; if it stays, give the request id to whoever runs Loopwright.";
  return { ...problemOf(500, "internal_error", detail), unexpected: true };
}

/** Where a request's fields stand, in words. */
const places = { params: "the address", query: "the query", body: "the body" } as const;
export type RequestPart = keyof typeof places;

export interface Refused {
  readonly part: RequestPart;
  readonly issues: readonly z.core.$ZodIssue[];
  /** What the schema was given: nothing of it is repeated, but what is missing shows. */
  readonly input: unknown;
  /** Of the fields' names, where the schema reads a part of the body only: "config". */
  readonly prefix?: string;
}

/** What a schema refused, as the caller is told: one message a field, and the first as a sentence that says where it stands. */
export function invalidRequest({ part, issues, input, prefix }: Refused): DomainError {
  const named = issues.map((issue) => ({ issue, name: nameOf([...(prefix ? [prefix] : []), ...issue.path]) }));
  const worded = named.map(({ issue, name }) => ({
    name,
    place: name === "" ? places[part] : `in ${places[part]}, "${name}"`,
    words: wordIssue(issue, givenAt(input, issue.path)),
    colon: isAuthors(issue) ? ":" : "",
  }));
  const fields = Object.fromEntries(worded.toReversed().map(({ name, words }) => [name || part, words]));
  const [first] = worded;
  const message = first ? sentence(`${first.place}${first.colon} ${first.words}`) : "The request is not valid.";
  const more = Object.keys(fields).length - 1;
  const rest = more > 0 ? ` ${more} more ${more === 1 ? "is" : "are"} listed in "fields".` : "";
  return new DomainError({ status: 400, code: "invalid_request", message: message + rest, extra: { fields } });
}

const sentence = (text: string): string => {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
};

function fromDomain(error: unknown): Problem | null {
  if (!(error instanceof DomainError)) return null;
  const challenge = error.status === 401 ? { "www-authenticate": 'Bearer realm="Loopwright"' } : {};
  const { body } = problemOf(error.status, error.code, error.message);
  return { unexpected: false, headers: { ...challenge, ...error.headers }, body: { ...error.extra, ...body } };
}

const RETRY_AFTER_S = "5";

/** The database is away, starting, full, or too busy: the same request may work in a moment. */
function fromDatabase(error: unknown): Problem | null {
  if (!isDatabaseAway(error)) return null;
  const detail = "The database does not answer right now. Nothing was stored; try again in a few seconds.";
  return { ...problemOf(503, "database_unavailable", detail), headers: { "retry-after": RETRY_AFTER_S } };
}

/** Express's own refusals, such as a path that is not percent-encoded properly. */
function fromExpress(error: unknown): Problem | null {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return null;
  if (error.status < 400 || error.status > 499) return null;
  const status = STATUS_CODES[error.status] ?? "refused";
  const detail = `The request cannot be read (${status}). Check how its address and its headers are written.`;
  return problemOf(error.status, "bad_request", detail);
}

function problemOf(status: number, code: string, detail: string): Problem {
  const title = STATUS_CODES[status] ?? "Error";
  return { unexpected: false, headers: {}, body: { type: "about:blank", title, status, code, detail } };
}
