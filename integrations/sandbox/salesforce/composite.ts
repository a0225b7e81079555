import type { SandboxReply } from "../system.js";
import { ok, parseBody, type Handler, type SalesforceCall } from "./call.js";
import { ApiFailure, fail } from "./failure.js";
import { isJson, text, type Json } from "./json.js";
import { findRoute } from "./match-route.js";
import type { Transaction } from "./records.js";

const MOST = 25;

interface Part {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
}

interface Result {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

export type SubRoutes = readonly { readonly method: string; readonly pattern: string; readonly handle: Handler }[];

/**
 * Up to 25 requests in one, each able to use earlier results as `@{referenceId.field}`. With `allOrNone` one failure undoes everything and
 * every other part answers 400 PROCESSING_HALTED, while the outer answer stays 200. Source: REST API Developer Guide, "Composite".
 */
export function compositeHandler(routes: SubRoutes): Handler {
  return (call) => {
    const body = parseBody(call.request);
    const allOrNone = body["allOrNone"] === true;
    const parts = partsOf(body);
    const whole = call.records.begin();
    const results: Result[] = [];
    for (const part of parts) {
      const result = perform({ call, routes, records: whole, results }, part);
      results.push(result);
      if (allOrNone && result.httpStatusCode >= 400) return ok({ compositeResponse: rolledBack(parts, result) });
    }
    whole.commit();
    return ok({ compositeResponse: results });
  };
}

function partsOf(body: Json): Part[] {
  const list = Array.isArray(body["compositeRequest"]) ? body["compositeRequest"] : [];
  if (list.length === 0) fail("JSON_PARSER_ERROR", "Missing required field compositeRequest at [line:1, column:1]");
  if (list.length > MOST)
    fail("LIMIT_EXCEEDED", `The composite request has ${list.length} subrequests; at most ${MOST} are allowed.`);
  const parts = list.map(partOf);
  const ids = parts.map(({ referenceId }) => referenceId);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) fail("INVALID_INPUT", `Duplicate referenceId: ${twice}`);
  return parts;
}

function partOf(raw: unknown): Part {
  const part = isJson(raw) ? raw : {};
  const [method, url, referenceId] = ["method", "url", "referenceId"].map((name) => {
    return text(part[name]) ?? fail("JSON_PARSER_ERROR", `Missing required field ${name} at [line:1, column:1]`);
  });
  if (!/^\w+$/.test(referenceId ?? ""))
    fail("INVALID_INPUT", "The referenceId may hold letters, digits and underscores only.");
  return { method: method ?? "", url: url ?? "", referenceId: referenceId ?? "", body: part["body"] };
}

interface Scene {
  readonly call: SalesforceCall;
  readonly routes: SubRoutes;
  readonly records: Transaction;
  readonly results: readonly Result[];
}

function perform(scene: Scene, part: Part): Result {
  const records = scene.records.begin();
  try {
    const reply = dispatch(scene, part, records);
    records.commit();
    return {
      body: reply.body ?? null,
      httpHeaders: reply.headers ?? {},
      httpStatusCode: reply.status,
      referenceId: part.referenceId,
    };
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return {
      body: error.reply.body,
      httpHeaders: {},
      httpStatusCode: error.reply.status,
      referenceId: part.referenceId,
    };
  }
}

function dispatch({ call, routes, results }: Scene, part: Part, records: Transaction): SandboxReply {
  const target = new URL(fill(part.url, results), "http://composite");
  const inner = /^\/services\/data\/v(\d+\.\d)(\/.*)$/.exec(decodeURIComponent(target.pathname));
  if (!inner) fail("INVALID_INPUT", `The url of a subrequest must begin with /services/data/: ${part.url}`);
  const found = findRoute(routes, part.method, inner[2] ?? "");
  if (!found) return fail("NOT_FOUND", "The requested resource does not exist");
  const filled = fillAll(part.body, results);
  const body = () =>
    isJson(filled)
      ? filled
      : fail("JSON_PARSER_ERROR", "The HTTP entity body is required, but this request has no entity body.");
  return found.route.handle({
    ...call,
    params: found.params,
    query: target.searchParams,
    version: inner[1] ?? "",
    records,
    body,
  });
}

function fillAll(value: unknown, results: readonly Result[]): unknown {
  if (typeof value === "string") return fill(value, results);
  if (Array.isArray(value)) return value.map((item) => fillAll(item, results));
  if (!isJson(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fillAll(inner, results)]));
}

/** `@{effect.id}` or `@{contacts.records[0].Id}`. */
function fill(pattern: string, results: readonly Result[]): string {
  return pattern.replace(/@\{(\w+)\.([\w.[\]]+)\}/g, (_all, id: string, path: string) => {
    const result = results.find(({ referenceId }) => referenceId === id);
    const names = path.split(/[.[\]]+/).filter(Boolean);
    const value = names.reduce<unknown>((current, name) => memberOf(current, name), result?.body);
    if (typeof value !== "string" && typeof value !== "number") {
      return fail("PROCESSING_HALTED", `Invalid reference specified. No value for ${id}.${path} found in ${id}`);
    }
    return String(value);
  });
}

function memberOf(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value[Number(name)];
  return isJson(value) ? value[name] : undefined;
}

const HALTED = [
  {
    errorCode: "PROCESSING_HALTED",
    message: "The transaction was rolled back since another operation in the same transaction failed.",
  },
];

function rolledBack(parts: readonly Part[], failed: Result): Result[] {
  return parts.map(({ referenceId }) =>
    referenceId === failed.referenceId ? failed : { body: HALTED, httpHeaders: {}, httpStatusCode: 400, referenceId },
  );
}
