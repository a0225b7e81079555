import {
  named, projectOf, PRIORITIES, STATUSES, ISSUE_TYPES, LINK_TYPES, TRANSITIONS,
  type IssueType, type LinkType, type Priority, type Project, type Status, type Transition,
} from "./catalogue.js"; // prettier-ignore
import type { Json } from "./json.js";
import { personByName, type Person } from "./people.js";
import type { CommentRow, IssueRow } from "./rows.js";

/** Wire shapes, checked against jira.js' schemas. `origin` and `version` make the `self` links. */
export interface View {
  readonly origin: string;
  readonly version: 2 | 3;
}

export function selfUrl(view: View, path: string): string {
  return `${view.origin}/rest/api/${view.version}${path}`;
}

/** Jira writes "2026-01-17T09:12:34.123+0000", without the colon of ISO 8601. */
export function jiraTime(iso: string): string {
  return iso.replace("Z", "+0000");
}

export function renderPerson(view: View, person: Person): Json {
  const sizes = ["48x48", "24x24", "16x16", "32x32"];
  const picture = (size: string) => `${view.origin}/avatar/${encodeURIComponent(person.accountId)}?size=${size}`;
  return {
    self: selfUrl(view, `/user?accountId=${encodeURIComponent(person.accountId)}`),
    accountId: person.accountId,
    accountType: person.accountType,
    emailAddress: person.email,
    avatarUrls: Object.fromEntries(sizes.map((size) => [size, picture(size)])),
    displayName: person.displayName,
    active: true,
    timeZone: "Europe/Stockholm",
  };
}

export function renderPersonNamed(view: View, name: string | null): Json | null {
  const person = personByName(name);
  return person ? renderPerson(view, person) : null;
}

export function renderProject(view: View, project: Project): Json {
  return {
    self: selfUrl(view, `/project/${project.id}`),
    id: project.id,
    key: project.key,
    name: project.name,
    projectTypeKey: "software",
    simplified: false,
    style: "classic",
    isPrivate: false,
  };
}

export function renderType(view: View, type: IssueType): Json {
  return {
    self: selfUrl(view, `/issuetype/${type.id}`),
    id: type.id,
    description: type.description,
    iconUrl: `${view.origin}/images/issuetypes/${type.name.toLowerCase()}.svg`,
    name: type.name,
    subtask: false,
    hierarchyLevel: 0,
  };
}

export function renderPriority(view: View, priority: Priority): Json {
  return {
    self: selfUrl(view, `/priority/${priority.id}`),
    iconUrl: `${view.origin}/images/icons/priorities/${priority.name.toLowerCase()}.svg`,
    name: priority.name,
    id: priority.id,
  };
}

export function renderStatus(view: View, status: Status): Json {
  return {
    self: selfUrl(view, `/status/${status.id}`),
    description: "",
    iconUrl: `${view.origin}/images/icons/statuses/generic.png`,
    name: status.name,
    id: status.id,
    statusCategory: { self: selfUrl(view, `/statuscategory/${status.category.id}`), ...status.category },
  };
}

export function renderLinkType(view: View, type: LinkType): Json {
  return { ...type, self: selfUrl(view, `/issueLinkType/${type.id}`) };
}

export function renderTransition(view: View, transition: Transition): Json {
  const { id, name, to } = transition;
  const flags = {
    hasScreen: false,
    isGlobal: false,
    isInitial: false,
    isAvailable: true,
    isConditional: false,
    looped: false,
  };
  return { id, name, to: renderStatus(view, named(STATUSES, to)), ...flags };
}

export function transitionsFrom(status: string): readonly Transition[] {
  return TRANSITIONS.filter(({ from }) => from.includes(status));
}

export function renderComment(view: View, issue: IssueRow, comment: CommentRow, expand = ""): Json {
  const wants = expand.split(",");
  return {
    self: selfUrl(view, `/issue/${issue.id}/comment/${comment.id}`),
    id: comment.id,
    author: renderPersonNamed(view, comment.author),
    body: view.version === 3 ? comment.doc : comment.body,
    ...(wants.includes("renderedBody") && { renderedBody: `<p>${escapeHtml(comment.body)}</p>` }),
    updateAuthor: renderPersonNamed(view, comment.updateAuthor),
    created: jiraTime(comment.createdAt),
    updated: jiraTime(comment.updatedAt),
    jsdPublic: true,
    ...(wants.includes("properties") && { properties: entries(comment.properties) }),
  };
}

function entries(properties: Readonly<Json>): Json[] {
  return Object.entries(properties).map(([key, value]) => ({ key, value }));
}

export function escapeHtml(plain: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return plain.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** An issue as another issue's link shows it. */
export function renderLinkedIssue(view: View, issue: IssueRow): Json {
  const fields = {
    summary: issue.summary,
    status: renderStatus(view, named(STATUSES, issue.status)),
    priority: renderPriority(view, named(PRIORITIES, issue.priority)),
    issuetype: renderType(view, named(ISSUE_TYPES, issue.type)),
  };
  return { id: issue.id, key: issue.key, self: selfUrl(view, `/issue/${issue.id}`), fields };
}

export function linkTypeOf(name: string): LinkType {
  return named(LINK_TYPES, name);
}

export function projectOfIssue(issue: IssueRow): Project {
  const project = projectOf(issue.project);
  if (!project) throw new Error(`The sandbox's Jira has no project ${issue.project}.`);
  return project;
}
