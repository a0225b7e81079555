import { ISSUE_TYPES, named, PRIORITIES, STATUSES } from "./catalogue.js";
import { ALL_FIELDS, type Field } from "./fields.js";
import type { Json } from "./json.js";
import {
  jiraTime, linkTypeOf, projectOfIssue, renderComment, renderLinkedIssue, renderLinkType, renderPersonNamed,
  renderPriority, renderProject, renderStatus, renderType, selfUrl, type View,
} from "./render.js"; // prettier-ignore
import type { IssueRow } from "./rows.js";
import type { JiraStore } from "./store.js";

const EXPANDABLE = "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations";

type FieldRenderer = (view: View, issue: IssueRow, store: JiraStore) => unknown;

const FIELDS: Readonly<Record<string, FieldRenderer>> = {
  summary: (_view, issue) => issue.summary,
  status: (view, issue) => renderStatus(view, named(STATUSES, issue.status)),
  issuetype: (view, issue) => renderType(view, named(ISSUE_TYPES, issue.type)),
  project: (view, issue) => renderProject(view, projectOfIssue(issue)),
  priority: (view, issue) => renderPriority(view, named(PRIORITIES, issue.priority)),
  labels: (_view, issue) => issue.labels,
  assignee: (view, issue) => renderPersonNamed(view, issue.assignee),
  reporter: (view, issue) => renderPersonNamed(view, issue.reporter),
  creator: (view, issue) => renderPersonNamed(view, issue.reporter),
  duedate: (_view, issue) => issue.dueDate,
  created: (_view, issue) => jiraTime(issue.createdAt),
  updated: (_view, issue) => jiraTime(issue.updatedAt),
  resolution: (view, issue) => renderResolution(view, issue),
  resolutiondate: (_view, issue) => (issue.resolution ? jiraTime(issue.updatedAt) : null),
  issuelinks: (view, issue, store) => renderLinks(view, issue, store),
  comment: (view, issue) => renderComments(view, issue),
  ...Object.fromEntries(ALL_FIELDS.filter(isStored).map((field) => [field.id, storedValue(field)])),
};

/** Left out unless asked for by name or by `*all`, as in Jira's `*navigable` default for searches. */
const NOT_NAVIGABLE = new Set(["comment"]);

function isStored(field: Field): boolean {
  return field.kind === "doc" || field.id.startsWith("customfield_");
}

function storedValue(field: Field): FieldRenderer {
  if (field.kind !== "doc") return (_view, issue) => issue.custom[field.id] ?? null;
  return (view, issue) => {
    const doc = issue.docs[field.id];
    if (view.version === 3 || !doc) return doc ?? null;
    return field.id === "description" ? issue.description : (issue.custom[field.id] ?? null);
  };
}

function renderResolution(view: View, issue: IssueRow): Json | null {
  if (!issue.resolution) return null;
  const description = "Work has been completed on this issue.";
  return { self: selfUrl(view, "/resolution/10000"), id: "10000", description, name: issue.resolution };
}

function renderLinks(view: View, issue: IssueRow, store: JiraStore): Json[] {
  return store.links
    .all()
    .filter(({ inward, outward }) => inward === issue.key || outward === issue.key)
    .flatMap((link) => {
      const outwards = link.inward === issue.key;
      const other = store.find(outwards ? link.outward : link.inward);
      if (!other) return [];
      const side = outwards ? "outwardIssue" : "inwardIssue";
      const type = renderLinkType(view, linkTypeOf(link.type));
      return [
        { id: link.id, self: selfUrl(view, `/issueLink/${link.id}`), type, [side]: renderLinkedIssue(view, other) },
      ];
    });
}

function renderComments(view: View, issue: IssueRow): Json {
  const comments = issue.comments.map((comment) => renderComment(view, issue, comment));
  const { length } = comments;
  return { comments, self: selfUrl(view, `/issue/${issue.id}/comment`), maxResults: length, total: length, startAt: 0 };
}

/** `fields` as Jira reads it: names, `*all`, `*navigable`, and `-name` to leave one out. */
export function chosenFields(wanted: readonly string[]): readonly string[] {
  const all = Object.keys(FIELDS);
  const removed = new Set(wanted.filter((name) => name.startsWith("-")).map((name) => name.slice(1)));
  const kept = wanted.filter((name) => !name.startsWith("-"));
  const asked = new Set(kept.length === 0 ? ["*all"] : kept);
  const isAsked = (name: string) =>
    asked.has("*all") || asked.has(name) || (asked.has("*navigable") && !NOT_NAVIGABLE.has(name));
  return all.filter((name) => isAsked(name) && !removed.has(name));
}

export interface IssueView {
  readonly fields: readonly string[];
  readonly properties: readonly string[];
}

export function renderIssue(view: View, issue: IssueRow, store: JiraStore, wanted: IssueView): Json {
  const shown = wanted.fields.map((name) => [name, FIELDS[name]?.(view, issue, store) ?? null]);
  const isWanted = ([key]: [string, unknown]) => wanted.properties.includes(key) || wanted.properties.includes("*all");
  const properties = Object.fromEntries(Object.entries(issue.properties).filter(isWanted));
  return {
    expand: EXPANDABLE,
    id: issue.id,
    self: selfUrl(view, `/issue/${issue.id}`),
    key: issue.key,
    ...(wanted.properties.length > 0 && { properties }),
    fields: Object.fromEntries(shown),
  };
}
