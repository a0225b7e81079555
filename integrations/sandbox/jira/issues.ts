import type { SandboxReply } from "../system.js";
import { bodyOf, issueOf, mustWrite, nowText, query, type JiraCall } from "./call.js";
import { DEFAULT_PRIORITY } from "./catalogue.js";
import { recordComment, recordIssue } from "./effects.js";
import { isJson, type Json } from "./json.js";
import { applyPatch, commentsIn, parseEdit, parseNewIssue, type IssueInput } from "./parse-issue.js";
import { selfUrl } from "./render.js";
import { chosenFields, renderIssue } from "./render-issue.js";
import { NO_CONTENT, ok, refuse } from "./reply.js";
import type { IssueRow } from "./rows.js";
import { applyTransition, findTransition } from "./transitions.js";
import { newComment, parseProperties, withComment } from "./write-comment.js";

export function createIssue(call: JiraCall): SandboxReply {
  const body = bodyOf(call);
  if (call.caller.guest) refuse(400, [], { project: "You cannot create issues in this project." });
  const input = inputOf(call, body);
  const patch = parseNewIssue(input);
  const properties = parseProperties(body["properties"]);
  const project = patch.project ?? "";
  const at = nowText(call);
  const fresh: IssueRow = {
    id: String(10_000 + call.world.nextNumber("jira_issue")),
    key: `${project}-${call.world.nextNumber(`jira_key_${project}`)}`,
    project,
    type: patch.type ?? "",
    summary: patch.summary ?? "",
    ...{
      status: "To Do",
      resolution: null,
      priority: DEFAULT_PRIORITY,
      labels: [],
      description: "",
      docs: {},
      custom: {},
    },
    ...{ assignee: null, reporter: call.caller.displayName, dueDate: null, comments: [], remoteLinks: [], properties },
    createdAt: at,
    updatedAt: at,
  };
  return answerCreated(call, body, { fresh: applyPatch(fresh, patch, at), input });
}

function answerCreated(call: JiraCall, body: Json, made: { fresh: IssueRow; input: IssueInput }): SandboxReply {
  const transition = isJson(body["transition"]) ? findTransition(made.fresh.status, body["transition"]) : undefined;
  const moved = transition ? applyTransition(made.fresh, transition, made.fresh.createdAt) : made.fresh;
  const comments = commentsIn(made.input.update).map((text) => newComment(call, moved, { body: text }));
  const issue = comments.reduce(withComment, moved);
  call.store.save(issue);
  recordIssue(call.world, issue);
  call.webhooks.send({ name: "jira:issue_created", type: "issue_created", issue, actor: call.caller });
  const nothing = { status: 200, errorCollection: { errorMessages: [], errors: {} } };
  const reply = { id: issue.id, key: issue.key, self: selfUrl(call, `/issue/${issue.id}`) };
  return { status: 201, body: transition ? { ...reply, transition: nothing } : reply };
}

function inputOf(call: JiraCall, body: Json): IssueInput {
  const fields = isJson(body["fields"]) ? body["fields"] : {};
  const update = isJson(body["update"]) ? body["update"] : {};
  return { fields, update, version: call.version };
}

export function getIssue(call: JiraCall): SandboxReply {
  const issue = issueOf(call);
  return ok(renderIssue(call, issue, call.store, wantedBy(call)));
}

function wantedBy(call: JiraCall) {
  const list = (name: string) =>
    call.request.query
      .getAll(name)
      .flatMap((value) => value.split(","))
      .filter(Boolean);
  return { fields: chosenFields(list("fields").map((name) => name.trim())), properties: list("properties") };
}

export function editIssue(call: JiraCall): SandboxReply {
  const before = issueOf(call);
  mustWrite(call, "edit issues in this project");
  const body = bodyOf(call);
  const input = inputOf(call, body);
  const patch = parseEdit(before, input);
  const edited = applyPatch(before, patch, nowText(call));
  const withProperties = { ...edited, properties: { ...edited.properties, ...parseProperties(body["properties"]) } };
  const comments = commentsIn(input.update).map((text) => newComment(call, withProperties, { body: text }));
  const issue = comments.reduce(withComment, withProperties);
  call.store.save(issue);
  comments.forEach((comment) => recordComment(call.world, issue, comment));
  const changes = changesBetween(before, issue);
  call.webhooks.send({ name: "jira:issue_updated", type: "issue_updated", issue, actor: call.caller, changes });
  return query(call, "returnIssue") === "true" ? ok(renderIssue(call, issue, call.store, wantedBy(call))) : NO_CONTENT;
}

const LOGGED = ["summary", "description", "priority", "assignee", "dueDate", "type"] as const;

/** The changelog of an edit; ids of people and priorities are not given, only their names. */
function changesBetween(before: IssueRow, after: IssueRow): Json[] {
  const single = LOGGED.filter((name) => before[name] !== after[name]).map((name) =>
    change(name, before[name], after[name]),
  );
  const labels = [before.labels.join(" "), after.labels.join(" ")] as const;
  return labels[0] === labels[1] ? single : [...single, change("labels", ...labels)];
}

function change(field: string, from: string | null, to: string | null): Json {
  return { field, from: null, fromString: from, to: null, toString: to };
}

export function deleteIssue(call: JiraCall): SandboxReply {
  const issue = issueOf(call);
  mustWrite(call, "delete issues in this project");
  call.store.remove(issue);
  call.webhooks.send({ name: "jira:issue_deleted", issue, actor: call.caller });
  return NO_CONTENT;
}

export function assignIssue(call: JiraCall): SandboxReply {
  const before = issueOf(call);
  mustWrite(call, "assign issues in this project");
  const body = bodyOf(call);
  const assignee = body["accountId"] === null ? null : { accountId: body["accountId"] ?? body["id"] };
  const patch = parseEdit(before, { fields: { assignee }, update: {}, version: call.version });
  const issue = applyPatch(before, patch, nowText(call));
  call.store.save(issue);
  call.webhooks.send({
    name: "jira:issue_updated",
    type: "issue_assigned",
    issue,
    actor: call.caller,
    changes: changesBetween(before, issue),
  });
  return NO_CONTENT;
}
