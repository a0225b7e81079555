import { createScreen, DESCRIPTION, ISSUE_TYPE, PROJECT, type Field, type ScreenField } from "./fields.js";
import { parseField, type IssuePatch } from "./field-values.js";
import { isJson, text, type Json } from "./json.js";
import { refuse } from "./reply.js";
import type { IssueRow } from "./rows.js";

type FieldErrors = Record<string, string>;

export interface IssueInput {
  readonly fields: Readonly<Json>;
  /** The `update` member: lists of operations by field. */
  readonly update: Readonly<Json>;
  readonly version: 2 | 3;
}

const NOT_ON_SCREEN = (id: string) => `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;

/** All of a create's field errors at once, as Jira reports them; a project or type that does not exist hides the rest. */
export function parseNewIssue(input: IssueInput): IssuePatch {
  const place = parsePlace(input);
  const screen = createScreen(place.project ?? "", place.type ?? "");
  const parsed = parseAgainst(screen, input, { labels: [] });
  const missing = screen.filter(
    ({ field, required }) => required && isMissing(input.fields[field.id]) && !(field.id in parsed.errors),
  );
  for (const { field } of missing) parsed.errors[field.id] = requiredMessage(field);
  refuseIfAny(parsed.errors);
  return parsed.patch;
}

export function parseEdit(issue: IssueRow, input: IssueInput): IssuePatch {
  // Jira's edit screens have no project; moving an issue is another operation.
  const screen = createScreen(issue.project, issue.type).filter(({ field }) => field.id !== "project");
  const parsed = parseAgainst(screen, input, issue);
  for (const { field, required } of screen) {
    if (required && field.id in input.fields && isMissing(input.fields[field.id]))
      parsed.errors[field.id] ??= requiredMessage(field);
  }
  refuseIfAny(parsed.errors);
  return parsed.patch;
}

function parsePlace({ fields, version }: IssueInput): IssuePatch {
  const errors: FieldErrors = {};
  let place: IssuePatch = {};
  for (const field of [PROJECT, ISSUE_TYPE]) {
    const parsed = parseField(field, fields[field.id], version);
    if ("error" in parsed) errors[field.id] = parsed.error;
    else place = { ...place, ...parsed.patch };
  }
  refuseIfAny(errors);
  return place;
}

function parseAgainst(screen: readonly ScreenField[], input: IssueInput, before: Pick<IssueRow, "labels">) {
  const known = new Map(screen.map(({ field }) => [field.id, field]));
  const errors: FieldErrors = {};
  let patch: IssuePatch = {};
  for (const [id, raw] of [...Object.entries(input.fields), ...setOperations(input.update)]) {
    const field = known.get(id);
    const parsed = field ? parseField(field, raw, input.version) : { error: NOT_ON_SCREEN(id) };
    if ("error" in parsed) errors[id] = parsed.error;
    else patch = mergePatch(patch, parsed.patch);
  }
  return { errors, patch: withLabelOperations(patch, { update: input.update, errors, before }) };
}

function isMissing(raw: unknown): boolean {
  return raw === undefined || raw === null || raw === "";
}

function requiredMessage(field: Field): string {
  return field.id === "summary" ? "You must specify a summary of the issue." : `${field.name} is required.`;
}

function refuseIfAny(errors: FieldErrors): void {
  if (Object.keys(errors).length > 0) refuse(400, [], errors);
}

function mergePatch(first: IssuePatch, second: IssuePatch): IssuePatch {
  const docs = { ...first.docs, ...second.docs };
  const custom = { ...first.custom, ...second.custom };
  return { ...first, ...second, docs, custom };
}

/** `update: {field: [{set: …}]}` is another spelling of `fields`; comments are read elsewhere. */
function setOperations(update: Readonly<Json>): [string, unknown][] {
  return Object.entries(update).flatMap(([id, operations]) => {
    if (id === "comment" || !Array.isArray(operations)) return [];
    const isLabelChange = id === "labels" && operations.some((one) => isJson(one) && ("add" in one || "remove" in one));
    if (isLabelChange) return [];
    const sets = operations.filter(isJson).filter((one) => "set" in one);
    return sets.length > 0 ? sets.map((one): [string, unknown] => [id, one["set"]]) : [[id, undefined]];
  });
}

function withLabelOperations(
  patch: IssuePatch,
  { update, errors, before }: { update: Readonly<Json>; errors: FieldErrors; before: Pick<IssueRow, "labels"> },
): IssuePatch {
  const operations = Array.isArray(update["labels"]) ? update["labels"].filter(isJson) : [];
  if (!operations.some((one) => "add" in one || "remove" in one)) return patch;
  const labels = new Set(patch.labels ?? before.labels);
  for (const { add, remove } of operations) {
    if (text(add) !== undefined && /\s/.test(String(add)))
      errors["labels"] = `The label '${String(add)}' contains spaces which is invalid.`;
    if (text(add) !== undefined) labels.add(String(add));
    if (text(remove) !== undefined) labels.delete(String(remove));
  }
  return { ...patch, labels: [...labels].sort() };
}

/** Text or documents of comments that ride along with an edit or a transition. */
export function commentsIn(update: Readonly<Json>): unknown[] {
  const operations = Array.isArray(update["comment"]) ? update["comment"].filter(isJson) : [];
  return operations.flatMap(({ add }) => (isJson(add) ? [add["body"]] : []));
}

export function applyPatch(issue: IssueRow, patch: IssuePatch, updatedAt: string): IssueRow {
  const docs = { ...issue.docs, ...patch.docs };
  // An emptied description carries no document, and must not keep the old one.
  const kept =
    patch.description === "" ? Object.fromEntries(Object.entries(docs).filter(([id]) => id !== DESCRIPTION.id)) : docs;
  return { ...issue, ...patch, docs: kept, custom: { ...issue.custom, ...patch.custom }, updatedAt };
}
