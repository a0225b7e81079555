import { createHmac } from "node:crypto";
import { JIRA_ACCOUNT } from "../sandbox-accounts.js";
import type { World } from "../system.js";
import { isJson, type Json } from "./json.js";
import { matches } from "./jql-match.js";
import { parseJql } from "./jql.js";
import type { Person } from "./people.js";
import { renderComment, renderPerson, type View } from "./render.js";
import { chosenFields, renderIssue } from "./render-issue.js";
import type { CommentRow, IssueRow, WebhookRow } from "./rows.js";
import { indexed } from "./search-index.js";
import type { JiraStore } from "./store.js";

export interface JiraEvent {
  readonly name: "jira:issue_created" | "jira:issue_updated" | "jira:issue_deleted" | "comment_created";
  /** Jira's `issue_event_type_name`: issue_created, issue_updated, issue_generic, issue_commented. */
  readonly type?: string;
  readonly issue: IssueRow;
  readonly actor: Person;
  readonly comment?: CommentRow;
  /** Items of the changelog: field, from, fromString, to, toString. */
  readonly changes?: readonly Json[];
}

export interface WebhookSender {
  send(event: JiraEvent): void;
}

const EVENTS: readonly JiraEvent["name"][] = [
  "jira:issue_created",
  "jira:issue_updated",
  "jira:issue_deleted",
  "comment_created",
];

const TIMEOUT_MS = 30_000;
/** Atlassian retries up to five times, five to fifteen minutes apart. */
const RETRY_AFTER_MS = [5, 5, 10, 10, 15].map((minutes) => minutes * 60_000);
const RETRIED = new Set([408, 409, 425, 429]);

/** Sends what changed to every matching webhook, after the request that changed it was answered. */
export function createWebhookSender(world: World, store: JiraStore): WebhookSender {
  const deliver = async (hook: WebhookRow, body: string) => {
    const identifier = `${world.nextId("wh", 24).toLowerCase()}-${hook.id}`;
    await world.deliver({
      system: "jira",
      url: hook.url,
      headers: headersOf(hook, body, identifier),
      body,
      timeoutMs: TIMEOUT_MS,
      retryAfterMs: RETRY_AFTER_MS,
      accepted: (status) => status < 500 && !RETRIED.has(status),
      retryHeaders: (attempt) => ({ "X-Atlassian-Webhook-Retry": String(attempt) }),
    });
  };
  return {
    send(event) {
      const wanted = [...configuredWebhook(world), ...store.webhooks.all()].filter((hook) =>
        wants(hook, event, world.now()),
      );
      if (wanted.length === 0) return;
      const body = JSON.stringify(payloadOf(world, store, event));
      for (const hook of wanted) world.schedule(0, () => deliver(hook, hook.excludeBody ? "" : body));
    },
  };
}

/** The webhook that an administrator would have entered by hand: setting `jira.webhookUrl`, signed with the account's webhook secret. */
function configuredWebhook(world: World): WebhookRow[] {
  const url = world.setting("jira.webhookUrl");
  if (!url) return [];
  const about = {
    id: "0",
    name: "Loopwright",
    jql: "",
    excludeBody: false,
    enabled: true,
    updatedBy: "Loopwright",
    updatedAt: 0,
  };
  return [{ ...about, url, events: EVENTS, secret: JIRA_ACCOUNT.webhookSecret }];
}

function wants(hook: WebhookRow, event: JiraEvent, now: number): boolean {
  if (!hook.enabled || !hook.events.includes(event.name)) return false;
  return hook.jql === "" || matches(parseJql(hook.jql).where, indexed(event.issue), { id: event.issue.id, now });
}

function headersOf(hook: WebhookRow, body: string, identifier: string): Record<string, string> {
  const signature = hook.secret && `sha256=${createHmac("sha256", hook.secret).update(body).digest("hex")}`;
  return {
    "Content-Type": "application/json; charset=UTF-8",
    "User-Agent": "Atlassian Webhook HTTP Client",
    "X-Atlassian-Webhook-Identifier": identifier,
    "X-Atlassian-Webhook-Flow": "Primary",
    ...(signature && { "X-Hub-Signature": signature }),
  };
}

/** Webhooks carry the version 2 form: text, not documents. */
function payloadOf(world: World, store: JiraStore, event: JiraEvent): Json {
  const view: View = { origin: world.baseUrl("jira"), version: 2 };
  const { name, type, issue, actor, comment, changes } = event;
  const isComment = name === "comment_created";
  const fields = chosenFields(
    isComment ? ["summary", "issuetype", "project", "assignee", "priority", "status"] : ["*all", "-comment"],
  );
  const person = renderPerson(view, actor);
  const items = changes?.map((change) => ({ ...change, fieldtype: "jira", fieldId: change["field"] }));
  return {
    timestamp: world.now(),
    webhookEvent: name,
    ...(type && { issue_event_type_name: type }),
    ...(!isComment && { user: person }),
    issue: withoutExpand(renderIssue(view, issue, store, { fields, properties: isComment ? [] : ["*all"] })),
    ...(comment && { comment: renderComment(view, issue, comment) }),
    ...(items && items.length > 0 && { changelog: { id: String(world.nextNumber("jira_changelog")), items } }),
  };
}

function withoutExpand(issue: Json): Json {
  return isJson(issue) ? Object.fromEntries(Object.entries(issue).filter(([key]) => key !== "expand")) : {};
}
