import type { SandboxReply } from "../system.js";
import { bodyOf, issueOf, mustWrite, nowText, query, type JiraCall } from "./call.js";
import { named, STATUSES, type Transition } from "./catalogue.js";
import { recordComment } from "./effects.js";
import { idText, isJson, type Json } from "./json.js";
import { applyPatch, commentsIn, parseEdit } from "./parse-issue.js";
import { renderTransition, transitionsFrom } from "./render.js";
import { NO_CONTENT, ok, refuse } from "./reply.js";
import type { IssueRow } from "./rows.js";
import { newComment, withComment } from "./write-comment.js";

export function getTransitions(call: JiraCall): SandboxReply {
  const issue = issueOf(call);
  const only = query(call, "transitionId");
  const offered = transitionsFrom(issue.status).filter(({ id }) => only === undefined || id === only);
  return ok({ expand: "transitions", transitions: offered.map((transition) => renderTransition(call, transition)) });
}

export function findTransition(status: string, wanted: Json): Transition {
  const id = idText(wanted["id"]);
  if (id === undefined) refuse(400, ["You must specify a transition ID."]);
  const found = transitionsFrom(status).find((transition) => transition.id === id);
  return found ?? refuse(400, [`Transition id '${id}' is not valid for this issue.`]);
}

export function applyTransition(issue: IssueRow, transition: Transition, updatedAt: string): IssueRow {
  const resolution = transition.to === "Done" ? "Done" : null;
  return { ...issue, status: transition.to, resolution, updatedAt };
}

export function doTransition(call: JiraCall): SandboxReply {
  const before = issueOf(call);
  mustWrite(call, "transition issues in this project");
  const body = bodyOf(call);
  const transition = findTransition(before.status, isJson(body["transition"]) ? body["transition"] : {});
  const fields = isJson(body["fields"]) ? withoutResolution(body["fields"]) : {};
  const update = isJson(body["update"]) ? body["update"] : {};
  const patch = parseEdit(before, { fields, update, version: call.version });
  const moved = applyTransition(applyPatch(before, patch, nowText(call)), transition, nowText(call));
  const comments = commentsIn(update).map((text) => newComment(call, moved, { body: text }));
  const issue = comments.reduce(withComment, moved);
  call.store.save(issue);
  comments.forEach((comment) => recordComment(call.world, issue, comment));
  const changes = [statusChange(before.status, issue.status)];
  call.webhooks.send({ name: "jira:issue_updated", type: "issue_generic", issue, actor: call.caller, changes });
  return NO_CONTENT;
}

/** The workflow sets the resolution itself, whatever is asked for. */
function withoutResolution(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([id]) => id !== "resolution"));
}

function statusChange(from: string, to: string): Json {
  const id = (name: string) => named(STATUSES, name).id;
  return { field: "status", from: id(from), fromString: from, to: id(to), toString: to };
}
