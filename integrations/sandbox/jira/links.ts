import type { SandboxReply } from "../system.js";
import { bodyOf, issueOf, maySee, mustWrite, param, type JiraCall } from "./call.js";
import { byIdOrName, LINK_TYPES } from "./catalogue.js";
import { recordComment } from "./effects.js";
import { idText, isJson, text } from "./json.js";
import { linkTypeOf, renderLinkedIssue, renderLinkType, selfUrl } from "./render.js";
import { NO_CONTENT, ok, refuse } from "./reply.js";
import type { IssueRow, LinkRow } from "./rows.js";
import { newComment, withComment } from "./write-comment.js";

/**
 * "If the link request duplicates a link, the response indicates that the issue link was created. If the request included a comment,
 * the comment is added." Source: Jira Cloud REST API v3, Issue links, Create issue link.
 */
export function createLink(call: JiraCall): SandboxReply {
  const body = bodyOf(call);
  mustWrite(call, "link issues in this project");
  const wanted = isJson(body["type"]) ? (idText(body["type"]["id"]) ?? text(body["type"]["name"]) ?? "") : "";
  const type = byIdOrName(LINK_TYPES, wanted) ?? refuse(404, [`No issue link type with name '${wanted}' found.`]);
  const inward = endOf(call, body["inwardIssue"]);
  const outward = endOf(call, body["outwardIssue"]);
  if (inward.key === outward.key) refuse(400, ["You cannot link an issue to itself."]);
  const link = { type: type.name, inward: inward.key, outward: outward.key };
  const exists = call.store.links
    .all()
    .some((one) => one.type === link.type && one.inward === link.inward && one.outward === link.outward);
  if (!exists) {
    const id = String(10_000 + call.world.nextNumber("jira_link"));
    call.store.links.put(id, { id, ...link });
    call.world.changed("jira");
  }
  if (isJson(body["comment"])) commentOn(call, inward, body["comment"]["body"]);
  return { status: 201 };
}

function endOf(call: JiraCall, raw: unknown): IssueRow {
  const wanted = isJson(raw) ? (text(raw["key"]) ?? idText(raw["id"])) : undefined;
  return wanted === undefined ? refuse(404, ["No issue could be found to link."]) : issueOf(call, wanted);
}

function commentOn(call: JiraCall, issue: IssueRow, body: unknown): void {
  const comment = newComment(call, issue, { body });
  const commented = withComment(issue, comment);
  call.store.save(commented);
  recordComment(call.world, commented, comment);
}

export function getLink(call: JiraCall): SandboxReply {
  const link = linkOf(call);
  const side = (key: string) => {
    const issue = call.store.find(key);
    return issue && renderLinkedIssue(call, issue);
  };
  const type = renderLinkType(call, linkTypeOf(link.type));
  const ends = { inwardIssue: side(link.inward), outwardIssue: side(link.outward) };
  return ok({ id: link.id, self: selfUrl(call, `/issueLink/${link.id}`), type, ...ends });
}

export function deleteLink(call: JiraCall): SandboxReply {
  const { id } = linkOf(call);
  mustWrite(call, "link issues in this project");
  call.store.links.delete(id);
  call.world.changed("jira");
  return NO_CONTENT;
}

function linkOf(call: JiraCall): LinkRow {
  const link = call.store.links.get(param(call, "linkId"));
  const ends = [link?.inward, link?.outward].map((key) => call.store.find(key ?? ""));
  const seen = ends.every((issue) => issue && maySee(call.caller, issue.project));
  return link && seen ? link : refuse(404, [`No issue link with id '${param(call, "linkId")}' exists.`]);
}

export function listLinkTypes(call: JiraCall): SandboxReply {
  return ok({ issueLinkTypes: LINK_TYPES.map((type) => renderLinkType(call, type)) });
}
