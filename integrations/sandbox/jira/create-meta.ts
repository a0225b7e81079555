import type { SandboxReply } from "../system.js";
import { maySee, pageOf, param, type JiraCall } from "./call.js";
import {
  byIdOrName,
  ISSUE_TYPES,
  PRIORITIES,
  projectOf,
  PROJECTS,
  type IssueType,
  type Named,
  type Project,
} from "./catalogue.js";
import { allowedValues, createScreen, type Field, type ScreenField } from "./fields.js";
import type { Json } from "./json.js";
import { renderPriority, renderProject, renderType, selfUrl } from "./render.js";
import { ok, refuse } from "./reply.js";

export function listCreateTypes(call: JiraCall): SandboxReply {
  projectParam(call);
  const { items, startAt, maxResults, total } = pageOf(call, ISSUE_TYPES);
  return ok({ startAt, maxResults, total, issueTypes: items.map((type) => renderType(call, type)) });
}

export function listCreateFields(call: JiraCall): SandboxReply {
  const project = projectParam(call);
  const wanted = param(call, "issueTypeId");
  const type =
    ISSUE_TYPES.find(({ id }) => id === wanted) ??
    refuse(404, [`The issue type with id '${wanted}' does not exist in this project.`]);
  const { items, startAt, maxResults, total } = pageOf(call, createScreen(project.key, type.name));
  return ok({ startAt, maxResults, total, fields: items.map((entry) => renderField(call, entry, { project, type })) });
}

export function projectParam(call: JiraCall): Project {
  const wanted = param(call, "projectIdOrKey");
  const project = projectOf(wanted);
  const missing = `No project could be found with key '${wanted}'.`;
  return project && maySee(call.caller, project.key) ? project : refuse(404, [missing]);
}

function renderField(
  call: JiraCall,
  { field, required }: ScreenField,
  place: { project: Project; type: IssueType },
): Json {
  const hasDefaultValue = field.id === "priority" || field.id === "reporter";
  const { id, name, schema, operations } = field;
  const values = fixedValues(field, place) ?? allowedValues(field);
  const isPeople = field.kind === "user";
  return {
    required,
    schema,
    name,
    key: id,
    fieldId: id,
    hasDefaultValue,
    operations,
    ...(isPeople && { autoCompleteUrl: selfUrl(call, `/user/assignable/search?project=${place.project.key}&query=`) }),
    ...(values && { allowedValues: values.map((value) => renderValue(call, field, value)) }),
  };
}

function fixedValues(
  field: Field,
  { project, type }: { project: Project; type: IssueType },
): readonly Named[] | undefined {
  return { project: [project], issuetype: [type] }[field.id];
}

function renderValue(call: JiraCall, field: Field, value: Named): Json {
  const byKind: Readonly<Record<string, (id: string) => Json | undefined>> = {
    priority: (id) => renderOne(byIdOrName(PRIORITIES, id), (priority) => renderPriority(call, priority)),
    issuetype: (id) => renderOne(byIdOrName(ISSUE_TYPES, id), (type) => renderType(call, type)),
    project: (id) => renderOne(byIdOrName(PROJECTS, id), (project) => renderProject(call, project)),
  };
  const option = { self: selfUrl(call, `/customFieldOption/${value.id}`), value: value.name, id: value.id };
  return byKind[field.kind]?.(value.id) ?? option;
}

function renderOne<T>(item: T | undefined, render: (item: T) => Json): Json | undefined {
  return item === undefined ? undefined : render(item);
}
