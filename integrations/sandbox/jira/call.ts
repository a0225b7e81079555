import type { SandboxReply, SandboxRequest, World } from "../system.js";
import { isJson, type Json } from "./json.js";
import type { Person } from "./people.js";
import { refuse } from "./reply.js";
import type { IssueRow } from "./rows.js";
import type { JiraStore } from "./store.js";
import type { WebhookSender } from "./webhook-sender.js";

/** One authenticated request, as the handlers see it. */
export interface JiraCall {
  readonly world: World;
  readonly store: JiraStore;
  readonly webhooks: WebhookSender;
  readonly request: SandboxRequest;
  /** Named parts of the path. */
  readonly params: Readonly<Record<string, string>>;
  /** 3 speaks ADF, 2 plain text. */
  readonly version: 2 | 3;
  readonly caller: Person;
  /** What `self` links begin with: the site, or the gateway for scoped tokens. */
  readonly origin: string;
}

export type Handler = (call: JiraCall) => SandboxReply;

export function param(call: JiraCall, name: string): string {
  return call.params[name] ?? "";
}

export function query(call: JiraCall, name: string): string | undefined {
  return call.request.query.get(name) ?? undefined;
}

export function bodyOf(call: JiraCall): Json {
  const value = anyBodyOf(call);
  if (!isJson(value)) refuse(400, ["Invalid request payload. Refer to the REST API documentation and try again."]);
  return value;
}

/** Property values may be any JSON. */
export function anyBodyOf(call: JiraCall): unknown {
  const type = call.request.headers["content-type"] ?? "";
  if (!type.includes("application/json")) refuse(415, ["Unsupported Media Type"]);
  try {
    return JSON.parse(call.request.body.toString("utf8"));
  } catch {
    return refuse(400, ["There was an error parsing JSON. Check that your request body is valid."]);
  }
}

const NO_ISSUE = "Issue does not exist or you do not have permission to see it.";

/** Jira never tells a missing issue from a hidden one. */
export function issueOf(call: JiraCall, idOrKey = param(call, "issueIdOrKey")): IssueRow {
  const issue = call.store.find(idOrKey);
  if (!issue || !maySee(call.caller, issue.project)) refuse(404, [NO_ISSUE]);
  return issue;
}

export function maySee(person: Person, project: string): boolean {
  return !person.guest || project === "SUP";
}

export function mustWrite(call: JiraCall, what: string): void {
  if (call.caller.guest) refuse(403, [`You do not have the permission to ${what}.`]);
}

export function nowText(call: JiraCall): string {
  return new Date(call.world.now()).toISOString();
}

export function pageOf<T>(call: JiraCall, all: readonly T[], defaultSize = 50) {
  const startAt = wholeNumber(call, "startAt", 0);
  const maxResults = Math.min(wholeNumber(call, "maxResults", defaultSize), 5_000);
  return { startAt, maxResults, total: all.length, items: all.slice(startAt, startAt + maxResults) };
}

function wholeNumber(call: JiraCall, name: string, otherwise: number): number {
  const given = query(call, name);
  if (given === undefined || given === "") return otherwise;
  if (!/^\d+$/.test(given)) refuse(400, [`The value '${given}' is not valid for the parameter '${name}'.`]);
  return Number(given);
}

/** The paged envelope of newer resources: isLast, maxResults, startAt, total, values. */
export function valuesPage<T>(call: JiraCall, all: readonly T[], render: (item: T) => object): object {
  const { items, startAt, maxResults, total } = pageOf(call, all);
  return { maxResults, startAt, total, isLast: startAt + items.length >= total, values: items.map(render) };
}
