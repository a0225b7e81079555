import type { SandboxReply } from "../system.js";
import { bodyOf, issueOf, mustWrite, nowText, param, query, type JiraCall } from "./call.js";
import { isJson, text, type Json } from "./json.js";
import { selfUrl } from "./render.js";
import { NO_CONTENT, ok, refuse } from "./reply.js";
import type { IssueRow, RemoteLinkRow } from "./rows.js";

/** `globalId` makes this an upsert: 201 when created, 200 when updated. Source: Jira Cloud REST API v3, Issue remote links. */
export function putRemoteLink(call: JiraCall): SandboxReply {
  const issue = issueOf(call);
  mustWrite(call, "link issues in this project");
  const given = parseRemoteLink(bodyOf(call));
  const before =
    given.globalId === null ? undefined : issue.remoteLinks.find((link) => link.globalId === given.globalId);
  const link = { id: before?.id ?? 10_000 + call.world.nextNumber("jira_remote_link"), ...given };
  save(call, issue, [...issue.remoteLinks.filter(({ id }) => id !== link.id), link]);
  const body = { id: link.id, self: selfUrl(call, `/issue/${issue.key}/remotelink/${link.id}`) };
  return { status: before ? 200 : 201, body };
}

function parseRemoteLink(body: Json): Omit<RemoteLinkRow, "id"> {
  const object = isJson(body["object"]) ? body["object"] : {};
  const errors = {
    ...(!text(object["url"]) && { "object.url": "'url' is required." }),
    ...(!text(object["title"]) && { "object.title": "'title' is required." }),
  };
  if (Object.keys(errors).length > 0) refuse(400, [], errors);
  const globalId = text(body["globalId"]) ?? null;
  if (globalId !== null && globalId.length > 255)
    refuse(400, [], { globalId: "'globalId' must be at most 255 characters." });
  const application = isJson(body["application"]) ? body["application"] : {};
  return { globalId, relationship: text(body["relationship"]) ?? null, application, object };
}

function save(call: JiraCall, issue: IssueRow, remoteLinks: readonly RemoteLinkRow[]): void {
  call.store.save({ ...issue, remoteLinks, updatedAt: nowText(call) });
}

/** One object when asked by `globalId`, a list otherwise. */
export function listRemoteLinks(call: JiraCall): SandboxReply {
  const issue = issueOf(call);
  const globalId = query(call, "globalId");
  if (globalId === undefined) return ok(issue.remoteLinks.map((link) => render(call, issue, link)));
  const found = issue.remoteLinks.find((link) => link.globalId === globalId);
  return found ? ok(render(call, issue, found)) : refuse(404, ["The remote link was not found."]);
}

export function getRemoteLink(call: JiraCall): SandboxReply {
  const issue = issueOf(call);
  return ok(render(call, issue, linkOf(call, issue)));
}

export function updateRemoteLink(call: JiraCall): SandboxReply {
  const issue = issueOf(call);
  mustWrite(call, "link issues in this project");
  const before = linkOf(call, issue);
  const link = { ...parseRemoteLink(bodyOf(call)), id: before.id };
  save(
    call,
    issue,
    issue.remoteLinks.map((one) => (one.id === link.id ? link : one)),
  );
  return NO_CONTENT;
}

export function deleteRemoteLink(call: JiraCall): SandboxReply {
  const issue = issueOf(call);
  mustWrite(call, "link issues in this project");
  const { id } = linkOf(call, issue);
  save(
    call,
    issue,
    issue.remoteLinks.filter((link) => link.id !== id),
  );
  return NO_CONTENT;
}

export function deleteRemoteLinkByGlobalId(call: JiraCall): SandboxReply {
  const issue = issueOf(call);
  mustWrite(call, "link issues in this project");
  const globalId = query(call, "globalId") ?? refuse(400, ["The globalId is required."]);
  if (!issue.remoteLinks.some((link) => link.globalId === globalId)) refuse(404, ["The remote link was not found."]);
  save(
    call,
    issue,
    issue.remoteLinks.filter((link) => link.globalId !== globalId),
  );
  return NO_CONTENT;
}

function linkOf(call: JiraCall, issue: IssueRow): RemoteLinkRow {
  const id = Number(param(call, "linkId"));
  return issue.remoteLinks.find((link) => link.id === id) ?? refuse(404, ["The remote link was not found."]);
}

function render(call: JiraCall, issue: IssueRow, link: RemoteLinkRow): Json {
  const { id, globalId, relationship, application, object } = link;
  const self = selfUrl(call, `/issue/${issue.key}/remotelink/${id}`);
  return {
    id,
    self,
    ...(globalId !== null && { globalId }),
    application,
    ...(relationship !== null && { relationship }),
    object,
  };
}
