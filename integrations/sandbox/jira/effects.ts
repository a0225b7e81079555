import type { World } from "../system.js";
import { isJson, text } from "./json.js";
import type { CommentRow, IssueRow } from "./rows.js";

const LABEL = "lw-";
const KEY = "lw_";

/** An issue carries its key as property `loopwright {k}` and as label `lw-<key>`; the property survives people cleaning labels. */
function keyOfIssue(issue: IssueRow): string | undefined {
  const label = issue.labels.find((candidate) => candidate.startsWith(LABEL))?.slice(LABEL.length);
  const fromLabel = label === undefined || label.startsWith(KEY) ? label : KEY + label;
  return keyIn(issue.properties["loopwright"]) ?? fromLabel;
}

function keyIn(property: unknown): string | undefined {
  return isJson(property) ? text(property["k"]) : undefined;
}

export function recordIssue(world: World, issue: IssueRow): void {
  const key = keyOfIssue(issue);
  const url = `${world.baseUrl("jira")}/browse/${issue.key}`;
  if (key) world.recordEffect({ system: "jira", key, externalId: issue.key, url });
}

export function recordComment(world: World, issue: IssueRow, comment: CommentRow): void {
  const key = keyIn(comment.properties["loopwright"]);
  const url = `${world.baseUrl("jira")}/browse/${issue.key}?focusedCommentId=${comment.id}`;
  if (key) world.recordEffect({ system: "jira", key, externalId: `${issue.key}/${comment.id}`, url });
}
