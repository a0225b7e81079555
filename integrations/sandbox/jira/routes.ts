import type { Handler } from "./call.js";
import { addComment, deleteComment, getComment, listComments, updateComment } from "./comments.js";
import { listCreateFields, listCreateTypes } from "./create-meta.js";
import { assignIssue, createIssue, deleteIssue, editIssue, getIssue } from "./issues.js";
import { createLink, deleteLink, getLink, listLinkTypes } from "./links.js";
import {
  getPriority, getProject, listFields, listIssueTypes, listPriorities, listProjects, listStatuses, searchPriorities,
  searchProjects, serverInfo,
} from "./lists.js"; // prettier-ignore
import { commentProperties, issueProperties } from "./properties.js";
import {
  deleteRemoteLink, deleteRemoteLinkByGlobalId, getRemoteLink, listRemoteLinks, putRemoteLink, updateRemoteLink,
} from "./remote-links.js"; // prettier-ignore
import { oldSearch, searchByGet, searchByPost } from "./search.js";
import { doTransition, getTransitions } from "./transitions.js";
import { getUser, myself, searchAssignable, searchUsers } from "./users.js";
import { deleteWebhook, getWebhook, listWebhooks, registerWebhook, updateWebhook } from "./webhook-registration.js";

export interface Route {
  readonly method: string;
  /** Below `/rest/api/{version}`, with `{names}` for its parts. */
  readonly pattern: string;
  readonly writes: boolean;
  readonly handle: Handler;
}

const reads = (pattern: string, handle: Handler, method = "GET"): Route => ({ method, pattern, writes: false, handle });
const writes = (method: string, pattern: string, handle: Handler): Route => ({ method, pattern, writes: true, handle });

const ISSUE = "/issue/{issueIdOrKey}";
const COMMENT = `${ISSUE}/comment/{id}`;
const REMOTE = `${ISSUE}/remotelink`;

/** The first that fits wins. The single /issue/createmeta is gone: it reads as an issue called "createmeta", as on a real site. */
export const API_ROUTES: readonly Route[] = [
  writes("POST", "/issue", createIssue),
  reads("/issue/createmeta/{projectIdOrKey}/issuetypes", listCreateTypes),
  reads("/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}", listCreateFields),
  reads(ISSUE, getIssue),
  writes("PUT", ISSUE, editIssue),
  writes("DELETE", ISSUE, deleteIssue),
  writes("PUT", `${ISSUE}/assignee`, assignIssue),
  reads(`${ISSUE}/comment`, listComments),
  writes("POST", `${ISSUE}/comment`, addComment),
  reads(COMMENT, getComment),
  writes("PUT", COMMENT, updateComment),
  writes("DELETE", COMMENT, deleteComment),
  reads(`${ISSUE}/transitions`, getTransitions),
  writes("POST", `${ISSUE}/transitions`, doTransition),
  reads(`${ISSUE}/properties`, issueProperties.list),
  reads(`${ISSUE}/properties/{propertyKey}`, issueProperties.get),
  writes("PUT", `${ISSUE}/properties/{propertyKey}`, issueProperties.put),
  writes("DELETE", `${ISSUE}/properties/{propertyKey}`, issueProperties.remove),
  reads("/comment/{commentId}/properties", commentProperties.list),
  reads("/comment/{commentId}/properties/{propertyKey}", commentProperties.get),
  writes("PUT", "/comment/{commentId}/properties/{propertyKey}", commentProperties.put),
  writes("DELETE", "/comment/{commentId}/properties/{propertyKey}", commentProperties.remove),
  reads(REMOTE, listRemoteLinks),
  writes("POST", REMOTE, putRemoteLink),
  writes("DELETE", REMOTE, deleteRemoteLinkByGlobalId),
  reads(`${REMOTE}/{linkId}`, getRemoteLink),
  writes("PUT", `${REMOTE}/{linkId}`, updateRemoteLink),
  writes("DELETE", `${REMOTE}/{linkId}`, deleteRemoteLink),
  writes("POST", "/issueLink", createLink),
  reads("/issueLink/{linkId}", getLink),
  writes("DELETE", "/issueLink/{linkId}", deleteLink),
  reads("/issueLinkType", listLinkTypes),
  reads("/search/jql", searchByPost, "POST"),
  reads("/search/jql", searchByGet),
  reads("/search", oldSearch, "POST"),
  reads("/search", oldSearch),
  reads("/priority/search", searchPriorities),
  reads("/priority", listPriorities),
  reads("/priority/{id}", getPriority),
  reads("/project/search", searchProjects),
  reads("/project", listProjects),
  reads("/project/{projectIdOrKey}", getProject),
  reads("/issuetype", listIssueTypes),
  reads("/status", listStatuses),
  reads("/field", listFields),
  reads("/user", getUser),
  reads("/user/search", searchUsers),
  reads("/user/assignable/search", searchAssignable),
  reads("/myself", myself),
  reads("/serverInfo", serverInfo),
];

/** Whole paths, outside the versioned API. */
export const WEBHOOK_ROUTES: readonly Route[] = [
  writes("POST", "/rest/webhooks/1.0/webhook", registerWebhook),
  reads("/rest/webhooks/1.0/webhook", listWebhooks),
  reads("/rest/webhooks/1.0/webhook/{id}", getWebhook),
  writes("PUT", "/rest/webhooks/1.0/webhook/{id}", updateWebhook),
  writes("DELETE", "/rest/webhooks/1.0/webhook/{id}", deleteWebhook),
];

export interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export function findRoute(routes: readonly Route[], method: string, path: string): Found | undefined {
  for (const route of routes) {
    const params = route.method === method ? paramsOf(route.pattern, path) : undefined;
    if (params) return { route, params };
  }
  return undefined;
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined ? part !== value : value === "") return undefined;
    if (name !== undefined) params[name] = value;
  }
  return params;
}
