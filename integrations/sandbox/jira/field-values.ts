import { documentOf, isDocument, textOf } from "./adf.js";
import { byIdOrName, ISSUE_TYPES, PRIORITIES, projectOf } from "./catalogue.js";
import type { Field, FieldKind } from "./fields.js";
import { idText, isJson, text, type Json } from "./json.js";
import { MEMBERS, personById } from "./people.js";
import type { IssueRow } from "./rows.js";

/** What one field contributes to an issue, or Jira's words for what is wrong with it. */
export type Parsed = { readonly patch: IssuePatch } | { readonly error: string };

export type IssuePatch = Partial<Pick<IssueRow, Editable>>;
type Editable =
  | "summary" | "description" | "docs" | "custom" | "project" | "type" | "priority" | "labels" | "assignee" | "reporter" | "dueDate"; // prettier-ignore

type Parse = (raw: unknown, field: Field, version: 2 | 3) => Parsed;

const MAX_TEXT = 32_767;
const TOO_LONG = "The entered text is too long. It exceeds the allowed limit of 32,767 characters.";
const NOT_TEXT = "Operation value must be a string";

/** One validator a kind of field; the wordings are those of Jira Cloud (FIDELITY.md says which of them are documented). */
const PARSERS: Readonly<Record<FieldKind, Parse>> = {
  summary: parseSummary,
  doc: parseDoc,
  project: parseProject,
  issuetype: parseIssueType,
  priority: parsePriority,
  labels: parseLabels,
  user: parseUser,
  date: parseDate,
  number: parseNumber,
  option: parseOption,
  line: parseLine,
};

export function parseField(field: Field, raw: unknown, version: 2 | 3): Parsed {
  return PARSERS[field.kind](raw, field, version);
}

function parseSummary(raw: unknown): Parsed {
  if (typeof raw !== "string") return { error: raw === null ? "You must specify a summary of the issue." : NOT_TEXT };
  if (raw.trim() === "") return { error: "You must specify a summary of the issue." };
  if (/[\r\n]/.test(raw)) return { error: "The summary is invalid because it contains newline characters." };
  if (raw.length > 255) return { error: "Summary must be less than 255 characters." };
  return { patch: { summary: raw } };
}

function parseDoc(raw: unknown, field: Field, version: 2 | 3): Parsed {
  if (raw === null) return { patch: docPatch(field, null) };
  if (version === 2) return typeof raw === "string" ? checked(field, documentOf(raw), raw) : { error: NOT_TEXT };
  if (!isDocument(raw))
    return { error: "Operation value must be an Atlassian Document (see the Atlassian Document Format)" };
  return checked(field, raw, textOf(raw));
}

function checked(field: Field, doc: Json, plain: string): Parsed {
  return plain.length > MAX_TEXT ? { error: TOO_LONG } : { patch: docPatch(field, { doc, plain }) };
}

function docPatch(field: Field, value: { doc: Json; plain: string } | null): IssuePatch {
  const docs = value ? { [field.id]: value.doc } : {};
  const plain = value?.plain ?? "";
  return field.id === "description" ? { docs, description: plain } : { docs, custom: { [field.id]: plain } };
}

function parseProject(raw: unknown): Parsed {
  const wanted = isJson(raw) ? (idText(raw["id"]) ?? text(raw["key"])) : undefined;
  const project = wanted && projectOf(wanted);
  return project ? { patch: { project: project.key } } : { error: "Specify a valid project ID or key" };
}

function parseIssueType(raw: unknown): Parsed {
  const type = byIdOrName(ISSUE_TYPES, reference(raw));
  return type ? { patch: { type: type.name } } : { error: "Specify a valid issue type" };
}

function parsePriority(raw: unknown): Parsed {
  const priority = byIdOrName(PRIORITIES, reference(raw));
  return priority ? { patch: { priority: priority.name } } : { error: "The priority selected is invalid." };
}

function reference(raw: unknown): string {
  return isJson(raw) ? (idText(raw["id"]) ?? text(raw["name"]) ?? "") : "";
}

function parseLabels(raw: unknown): Parsed {
  if (raw === null) return { patch: { labels: [] } };
  if (!Array.isArray(raw)) return { error: "data was not an array" };
  const labels = raw.filter((label) => typeof label === "string");
  if (labels.length < raw.length) return { error: "string expected at index 0" };
  const spaced = labels.find((label) => /\s/.test(label));
  if (spaced !== undefined) return { error: `The label '${spaced}' contains spaces which is invalid.` };
  const long = labels.find((label) => label.length > 255);
  if (long !== undefined)
    return { error: `The label '${long}' exceeds the maximum length for a single label of 255 characters.` };
  return { patch: { labels: [...new Set(labels)].sort() } };
}

function parseUser(raw: unknown, field: Field): Parsed {
  if (raw === null && field.id === "assignee") return { patch: { assignee: null } };
  const id = isJson(raw) ? (text(raw["accountId"]) ?? text(raw["id"])) : undefined;
  if (id === undefined) return { error: "Specify a valid 'id' or 'accountId' for the user" };
  const person = id === "-1" ? MEMBERS[0] : personById(id);
  if (!person) return { error: `User '${id}' does not exist.` };
  if (person.guest) return { error: `User '${person.displayName}' cannot be assigned issues.` };
  return { patch: field.id === "assignee" ? { assignee: person.displayName } : { reporter: person.displayName } };
}

function parseDate(raw: unknown): Parsed {
  if (raw === null) return { patch: { dueDate: null } };
  const isDay = typeof raw === "string" && /^\d{4}-\d{2}-\d{2}$/.test(raw) && !Number.isNaN(Date.parse(raw));
  return isDay ? { patch: { dueDate: raw } } : { error: `Error parsing date string: ${JSON.stringify(raw)}` };
}

function parseNumber(raw: unknown, field: Field): Parsed {
  const fits = raw === null || (typeof raw === "number" && Number.isFinite(raw));
  return fits ? customPatch(field, raw) : { error: "Operation value must be a number" };
}

function parseLine(raw: unknown, field: Field): Parsed {
  if (raw === null) return customPatch(field, null);
  if (typeof raw !== "string") return { error: NOT_TEXT };
  return raw.length > 255
    ? { error: "The entered text is too long. It exceeds the allowed limit of 255 characters." }
    : customPatch(field, raw);
}

function parseOption(raw: unknown, field: Field): Parsed {
  if (raw === null) return customPatch(field, null);
  const wanted = isJson(raw) ? (idText(raw["id"]) ?? text(raw["value"])) : undefined;
  if (wanted === undefined) return { error: "Specify a valid 'id' or 'name' for " + field.name };
  const option = byIdOrName(field.options ?? [], wanted);
  return option
    ? customPatch(field, { id: option.id, value: option.name })
    : { error: `Option value '${wanted}' is not valid` };
}

function customPatch(field: Field, value: unknown): Parsed {
  return { patch: { custom: { [field.id]: value } } };
}
