import type { SandboxReply } from "../system.js";
import { bodyOf, issueOf, mustWrite, nowText, pageOf, param, query, type JiraCall } from "./call.js";
import { recordComment } from "./effects.js";
import { renderComment } from "./render.js";
import { NO_CONTENT, ok, refuse } from "./reply.js";
import type { CommentRow, IssueRow } from "./rows.js";
import { newComment, parseCommentBody, withComment } from "./write-comment.js";

const ORDERS: Readonly<Record<string, 1 | -1>> = { created: 1, "+created": 1, " created": 1, "-created": -1 };

export function listComments(call: JiraCall): SandboxReply {
  const issue = issueOf(call);
  const order = ORDERS[query(call, "orderBy") ?? "created"];
  if (!order) refuse(400, [`The orderBy parameter '${query(call, "orderBy") ?? ""}' is not supported.`]);
  const sorted = [...issue.comments].sort((first, second) => order * (Number(first.id) - Number(second.id)));
  const { items, startAt, maxResults, total } = pageOf(call, sorted, 100);
  const comments = items.map((comment) => renderComment(call, issue, comment, query(call, "expand")));
  return ok({ startAt, maxResults, total, comments });
}

export function addComment(call: JiraCall): SandboxReply {
  const issue = issueOf(call);
  mustWrite(call, "comment on this issue");
  const body = bodyOf(call);
  const comment = newComment(call, issue, { body: body["body"], properties: body["properties"] });
  const commented = withComment(issue, comment);
  call.store.save(commented);
  recordComment(call.world, commented, comment);
  call.webhooks.send({ name: "comment_created", issue: commented, actor: call.caller, comment });
  call.webhooks.send({
    name: "jira:issue_updated",
    type: "issue_commented",
    issue: commented,
    actor: call.caller,
    comment,
  });
  return { status: 201, body: renderComment(call, commented, comment, query(call, "expand")) };
}

export function getComment(call: JiraCall): SandboxReply {
  const issue = issueOf(call);
  return ok(renderComment(call, issue, commentOf(call, issue), query(call, "expand")));
}

export function updateComment(call: JiraCall): SandboxReply {
  const issue = issueOf(call);
  mustWrite(call, "edit comments on this issue");
  const before = commentOf(call, issue);
  const parsed = parseCommentBody(call.version, bodyOf(call)["body"]);
  const comment = { ...before, ...parsed, updateAuthor: call.caller.displayName, updatedAt: nowText(call) };
  call.store.save(replaceComment(issue, comment));
  return ok(renderComment(call, issue, comment, query(call, "expand")));
}

export function deleteComment(call: JiraCall): SandboxReply {
  const issue = issueOf(call);
  mustWrite(call, "delete comments on this issue");
  const { id } = commentOf(call, issue);
  call.store.save({
    ...issue,
    comments: issue.comments.filter((comment) => comment.id !== id),
    updatedAt: nowText(call),
  });
  return NO_CONTENT;
}

function commentOf(call: JiraCall, issue: IssueRow): CommentRow {
  const id = param(call, "id");
  const found = issue.comments.find((comment) => comment.id === id);
  return found ?? refuse(404, [`Can not find a comment for the id: ${id}.`]);
}

export function replaceComment(issue: IssueRow, comment: CommentRow): IssueRow {
  return { ...issue, comments: issue.comments.map((one) => (one.id === comment.id ? comment : one)) };
}
