import { documentOf, isDocument, textOf } from "./adf.js";
import { nowText, type JiraCall } from "./call.js";
import { isJson, text, type Json } from "./json.js";
import { refuse } from "./reply.js";
import type { CommentRow, IssueRow } from "./rows.js";

/** Comments an issue may hold; Jira answers 413 beyond. */
const MAX_COMMENTS = 5_000;
const MAX_TEXT = 32_767;

export function parseCommentBody(version: 2 | 3, raw: unknown): { body: string; doc: Json } {
  if (raw === undefined || raw === null || raw === "") refuse(400, [], { comment: "Comment body can not be empty!" });
  const parsed = version === 3 ? fromDocument(raw) : fromText(raw);
  if (!parsed) return refuse(400, [], { comment: "Comment body is not valid!" });
  if (parsed.body.length > MAX_TEXT) refuse(400, [], { comment: TOO_LONG });
  return parsed;
}

const TOO_LONG = "The entered text is too long. It exceeds the allowed limit of 32,767 characters.";

function fromDocument(raw: unknown) {
  return isDocument(raw) ? { body: textOf(raw), doc: raw } : undefined;
}

function fromText(raw: unknown) {
  return typeof raw === "string" ? { body: raw, doc: documentOf(raw) } : undefined;
}

/** `properties: [{key, value}]`, as issues and comments take them on creation. */
export function parseProperties(raw: unknown): Json {
  if (raw === undefined || raw === null) return {};
  const list = Array.isArray(raw) ? raw : refuse(400, ["properties must be an array of key and value."]);
  const pairs = list.map((one): [string, unknown] => {
    const key = isJson(one) ? text(one["key"]) : undefined;
    if (!isJson(one) || !key) return refuse(400, ["The property key cannot be empty."]);
    return [key, one["value"] ?? null];
  });
  return Object.fromEntries(pairs);
}

export function newComment(
  call: JiraCall,
  issue: IssueRow,
  input: { body: unknown; properties?: unknown },
): CommentRow {
  if (issue.comments.length >= MAX_COMMENTS) refuse(413, ["The limit of comments for this issue has been reached."]);
  const parsed = parseCommentBody(call.version, input.body);
  const at = nowText(call);
  const author = call.caller.displayName;
  return {
    id: String(10_000 + call.world.nextNumber("jira_comment")),
    author,
    updateAuthor: author,
    ...parsed,
    properties: parseProperties(input.properties),
    createdAt: at,
    updatedAt: at,
  };
}

export function withComment(issue: IssueRow, comment: CommentRow): IssueRow {
  return { ...issue, comments: [...issue.comments, comment], updatedAt: comment.createdAt };
}
