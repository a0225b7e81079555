import type { SandboxReply } from "../system.js";
import { bodyOf, maySee, query, type JiraCall } from "./call.js";
import { idText, isJson, text, type Json } from "./json.js";
import { inOrder, matches } from "./jql-match.js";
import { parseJql, type JqlQuery } from "./jql.js";
import { chosenFields, renderIssue } from "./render-issue.js";
import { ok, problem, refuse } from "./reply.js";
import { indexed } from "./search-index.js";

const REMOVED =
  "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046";

export function oldSearch(): SandboxReply {
  return problem(410, [REMOVED]);
}

interface Search {
  readonly jql: string;
  readonly fields: readonly string[];
  readonly properties: readonly string[];
  readonly maxResults: number;
  readonly nextPageToken: string | undefined;
  /** Ids whose latest state must be searched, whatever the index knows. */
  readonly reconcile: readonly string[];
}

/** Most issues of a page: 5,000 when only ids are asked for, 100 otherwise. */
const MOST_IDS = 5_000;
const MOST_ISSUES = 100;

export function searchByPost(call: JiraCall): SandboxReply {
  const body = bodyOf(call);
  return search(call, {
    jql: text(body["jql"]) ?? "",
    fields: strings(body["fields"]),
    properties: strings(body["properties"]),
    maxResults: typeof body["maxResults"] === "number" ? body["maxResults"] : 50,
    nextPageToken: text(body["nextPageToken"]),
    reconcile: strings(body["reconcileIssues"]),
  });
}

export function searchByGet(call: JiraCall): SandboxReply {
  const list = (name: string) =>
    call.request.query
      .getAll(name)
      .flatMap((value) => value.split(","))
      .filter(Boolean);
  return search(call, {
    jql: query(call, "jql") ?? "",
    fields: list("fields"),
    properties: list("properties"),
    maxResults: Number(query(call, "maxResults") ?? 50),
    nextPageToken: query(call, "nextPageToken"),
    reconcile: list("reconcileIssues"),
  });
}

function strings(raw: unknown): string[] {
  return Array.isArray(raw) ? raw.map((value) => idText(value) ?? "") : [];
}

function search(call: JiraCall, wanted: Search): SandboxReply {
  const jql = parseJql(wanted.jql);
  if (jql.where.length === 0)
    refuse(400, ["Unbounded JQL queries are not allowed here. Please add a search restriction to your query."]);
  if (wanted.reconcile.length > 50) refuse(400, ["The number of issues to reconcile must be at most 50."]);
  if (!Number.isInteger(wanted.maxResults) || wanted.maxResults < 0)
    refuse(400, ["The value for maxResults is not valid."]);
  mustKnowKeys(call, jql);
  const ids = idsOf(call, jql, wanted.reconcile);
  const start = startOf(wanted.nextPageToken, wanted.jql);
  const most = wanted.fields.length > 0 ? MOST_ISSUES : MOST_IDS;
  const page = ids.slice(start, start + Math.min(wanted.maxResults, most));
  const end = start + page.length;
  const isLast = end >= ids.length || page.length === 0;
  const issues = page.map((id) => renderHit(call, id, wanted));
  return ok({ issues, ...(!isLast && { nextPageToken: tokenOf(end, wanted.jql) }), isLast });
}

function mustKnowKeys(call: JiraCall, { where }: JqlQuery): void {
  const asked = where.filter(({ field, operator }) => field === "key" && (operator === "=" || operator === "in"));
  const unknown = asked.flatMap(({ values }) => values).find((value) => !call.store.find(value));
  if (unknown !== undefined) refuse(400, [`An issue with key '${unknown}' does not exist for field 'key'.`]);
}

function idsOf(call: JiraCall, { where, orderBy }: JqlQuery, reconcile: readonly string[]): string[] {
  const now = call.world.now();
  const known = new Map(call.store.index.visible().map((hit) => [hit.id, hit]));
  for (const id of reconcile) {
    const issue = call.store.issues.get(id);
    if (issue) known.set(id, { id, issue: indexed(issue) });
  }
  const hits = [...known.values()].filter(({ id, issue }) => {
    // What was deleted since is in the index still, but has nothing to show.
    const exists = call.store.issues.get(id) !== undefined;
    return exists && maySee(call.caller, issue.project) && matches(where, issue, { id, now });
  });
  return inOrder(hits, orderBy).map(({ id }) => id);
}

/** Without `fields` the new search answers ids alone. */
function renderHit(call: JiraCall, id: string, wanted: Search): Json {
  const issue = call.store.issues.get(id);
  if (!issue || (wanted.fields.length === 0 && wanted.properties.length === 0)) return { id };
  const fields = wanted.fields.length === 0 || wanted.fields[0] === "id" ? [] : chosenFields(wanted.fields);
  return renderIssue(call, issue, call.store, { fields, properties: wanted.properties });
}

function tokenOf(offset: number, jql: string): string {
  return Buffer.from(JSON.stringify({ offset, jql })).toString("base64url");
}

function startOf(token: string | undefined, jql: string): number {
  if (token === undefined) return 0;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
    if (isJson(parsed) && parsed["jql"] === jql && typeof parsed["offset"] === "number") return parsed["offset"];
  } catch {
    return refuse(400, ["The provided next page token is invalid."]);
  }
  return refuse(400, ["The provided next page token is invalid."]);
}
