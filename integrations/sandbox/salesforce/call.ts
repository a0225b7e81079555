import type { SandboxReply, SandboxRequest, World } from "../system.js";
import { fail } from "./failure.js";
import { isJson, type Json } from "./json.js";
import type { Transaction } from "./records.js";
import type { Schema } from "./schema.js";

/** One request of a signed-in client, or one part of a composite request. */
export interface SalesforceCall {
  readonly world: World;
  readonly schema: Schema;
  readonly request: SandboxRequest;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** "62.0" */
  readonly version: string;
  readonly userId: string;
  readonly records: Transaction;
  /** What the request carries, parsed. */
  readonly body: () => Json;
}

export type Handler = (call: SalesforceCall) => SandboxReply;

export function param(call: SalesforceCall, name: string): string {
  return call.params[name] ?? "";
}

export function root(call: SalesforceCall): string {
  return `/services/data/v${call.version}`;
}

export function parseBody(request: SandboxRequest): Json {
  const parsed = parseJson(request.body.toString("utf8"));
  return isJson(parsed)
    ? parsed
    : fail("JSON_PARSER_ERROR", "The HTTP entity body is required, but this request has no entity body.");
}

function parseJson(body: string): unknown {
  if (body === "") return undefined;
  try {
    return JSON.parse(body);
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unexpected character";
    return fail("JSON_PARSER_ERROR", `${reason} at [line:1, column:1]`);
  }
}

export const NO_CONTENT: SandboxReply = { status: 204 };

export function ok(body: object): SandboxReply {
  return { status: 200, body };
}
