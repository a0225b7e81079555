import { ISSUE_TYPES, PRIORITIES, PROJECTS, type Named } from "./catalogue.js";
import type { Json } from "./json.js";

export type FieldKind =
  "summary" | "doc" | "project" | "issuetype" | "priority" | "labels" | "user" | "date" | "number" | "option" | "line";

export interface Field extends Named {
  readonly kind: FieldKind;
  readonly schema: Json;
  readonly operations: readonly string[];
  readonly options?: readonly Named[];
}

const CUSTOM = "com.atlassian.jira.plugin.system.customfieldtypes";

function custom(number: number, name: string, kind: FieldKind, plugin: string): Field {
  const type = kind === "number" || kind === "option" ? kind : "string";
  const schema = { type, custom: `${CUSTOM}:${plugin}`, customId: number };
  return { id: `customfield_${number}`, name, kind, schema, operations: ["set"] };
}

function system(id: string, name: string, kind: FieldKind, type: string): Field {
  return { id, name, kind, schema: { type, system: id }, operations: ["set"] };
}

const SEVERITIES: readonly Named[] = [
  { id: "10101", name: "Critical" },
  { id: "10102", name: "Major" },
  { id: "10103", name: "Minor" },
];

const SUMMARY = system("summary", "Summary", "summary", "string");
export const DESCRIPTION = system("description", "Description", "doc", "string");
export const PROJECT = system("project", "Project", "project", "project");
export const ISSUE_TYPE = system("issuetype", "Issue Type", "issuetype", "issuetype");
const NPS_SCORE = custom(10030, "NPS score", "number", "float");
const CUSTOMER = custom(10031, "Customer", "line", "textfield");
const ACCEPTANCE = custom(10040, "Acceptance criteria", "doc", "textarea");
const SEVERITY: Field = { ...custom(10041, "Severity", "option", "select"), options: SEVERITIES };

const LABELS: Field = {
  ...system("labels", "Labels", "labels", "array"),
  schema: { type: "array", items: "string", system: "labels" },
  operations: ["add", "set", "remove"],
};

const EVERYWHERE: readonly Field[] = [
  SUMMARY,
  ISSUE_TYPE,
  PROJECT,
  DESCRIPTION,
  system("priority", "Priority", "priority", "priority"),
  LABELS,
  system("assignee", "Assignee", "user", "user"),
  system("reporter", "Reporter", "user", "user"),
  system("duedate", "Due date", "date", "date"),
  system("environment", "Environment", "doc", "string"),
  NPS_SCORE,
  CUSTOMER,
];

export const ALL_FIELDS: readonly Field[] = [...EVERYWHERE, ACCEPTANCE, SEVERITY];

export interface ScreenField {
  readonly field: Field;
  readonly required: boolean;
}

/** The fields of a project's create screen for one type. RND's Story demands acceptance criteria; its Bug offers a severity. */
export function createScreen(project: string, type: string): readonly ScreenField[] {
  const required = new Set(["summary", "issuetype", "project"]);
  const common = EVERYWHERE.map((field) => ({ field, required: required.has(field.id) }));
  if (project !== "RND") return common;
  if (type === "Story") return [...common, { field: ACCEPTANCE, required: true }];
  if (type === "Bug") return [...common, { field: SEVERITY, required: false }];
  return common;
}

export function allowedValues(field: Field): readonly Named[] | undefined {
  const lists: Partial<Record<FieldKind, readonly Named[]>> = {
    priority: PRIORITIES,
    issuetype: ISSUE_TYPES,
    project: PROJECTS,
  };
  return field.options ?? lists[field.kind];
}
