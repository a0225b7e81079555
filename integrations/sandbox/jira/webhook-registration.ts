import type { SandboxReply } from "../system.js";
import { bodyOf, mustWrite, param, type JiraCall } from "./call.js";
import { isJson, text, type Json } from "./json.js";
import { parseJql } from "./jql.js";
import { personByName } from "./people.js";
import { NO_CONTENT, ok, refuse } from "./reply.js";
import type { WebhookRow } from "./rows.js";

const EVENTS = new Set(["jira:issue_created", "jira:issue_updated", "jira:issue_deleted", "comment_created"]);
const SECTION = "issue-related-events-section";
const PATH = "/rest/webhooks/1.0/webhook";

/** Source: Jira Cloud webhooks, "Registering a webhook using the REST API". */
export function registerWebhook(call: JiraCall): SandboxReply {
  mustWrite(call, "administer Jira");
  const id = String(call.world.nextNumber("jira_webhook"));
  const hook = parseWebhook(call, bodyOf(call), id);
  call.store.webhooks.put(id, hook);
  return { status: 201, body: render(call, hook) };
}

export function listWebhooks(call: JiraCall): SandboxReply {
  return ok(call.store.webhooks.all().map((hook) => render(call, hook)));
}

export function getWebhook(call: JiraCall): SandboxReply {
  return ok(render(call, hookOf(call)));
}

export function updateWebhook(call: JiraCall): SandboxReply {
  mustWrite(call, "administer Jira");
  const { id } = hookOf(call);
  const hook = parseWebhook(call, bodyOf(call), id);
  call.store.webhooks.put(id, hook);
  return ok(render(call, hook));
}

export function deleteWebhook(call: JiraCall): SandboxReply {
  mustWrite(call, "administer Jira");
  call.store.webhooks.delete(hookOf(call).id);
  return NO_CONTENT;
}

function hookOf(call: JiraCall): WebhookRow {
  return call.store.webhooks.get(param(call, "id")) ?? refuse(404, ["The webhook was not found."]);
}

function parseWebhook(call: JiraCall, body: Json, id: string): WebhookRow {
  const url = text(body["url"]) ?? "";
  if (!URL.canParse(url)) refuse(400, ["The webhook's url is not valid."]);
  const events = Array.isArray(body["events"]) ? body["events"].map(String) : [];
  const strange = events.find((event) => !EVENTS.has(event));
  if (strange !== undefined) refuse(400, [`The event '${strange}' is not supported.`]);
  const jql = isJson(body["filters"]) ? (text(body["filters"][SECTION]) ?? "") : "";
  parseJql(jql);
  return {
    id,
    name: text(body["name"]) ?? refuse(400, ["The webhook's name is required."]),
    url,
    events,
    jql,
    excludeBody: body["excludeBody"] === true,
    enabled: body["enabled"] !== false,
    secret: text(body["secret"]) ?? null,
    updatedBy: call.caller.displayName,
    updatedAt: call.world.now(),
  };
}

/** The secret is never given back, only that there is one. */
function render(call: JiraCall, hook: WebhookRow): Json {
  const { name, url, excludeBody, events, enabled, jql } = hook;
  return {
    name,
    url,
    excludeBody,
    filters: { [SECTION]: jql },
    events,
    enabled,
    self: `${call.origin}${PATH}/${hook.id}`,
    lastUpdatedUser: personByName(hook.updatedBy)?.accountId ?? "",
    lastUpdatedDisplayName: hook.updatedBy,
    lastUpdated: hook.updatedAt,
    isSigned: hook.secret !== null,
  };
}
