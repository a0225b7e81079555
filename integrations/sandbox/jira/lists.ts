import type { SandboxReply } from "../system.js";
import { maySee, param, query, valuesPage, type JiraCall } from "./call.js";
import { DEFAULT_PRIORITY, ISSUE_TYPES, PRIORITIES, PROJECTS, STATUSES, type Priority } from "./catalogue.js";
import { projectParam } from "./create-meta.js";
import { ALL_FIELDS, type Field } from "./fields.js";
import type { Json } from "./json.js";
import { renderPersonNamed, renderPriority, renderProject, renderStatus, renderType } from "./render.js";
import { ok, refuse } from "./reply.js";

export function searchPriorities(call: JiraCall): SandboxReply {
  const name = query(call, "priorityName")?.toLowerCase() ?? "";
  const found = PRIORITIES.filter((priority) => priority.name.toLowerCase().includes(name));
  return ok(valuesPage(call, found, (priority) => renderFullPriority(call, priority)));
}

export function listPriorities(call: JiraCall): SandboxReply {
  return ok(PRIORITIES.map((priority) => renderFullPriority(call, priority)));
}

export function getPriority(call: JiraCall): SandboxReply {
  const id = param(call, "id");
  const found = PRIORITIES.find((priority) => priority.id === id);
  return found ? ok(renderFullPriority(call, found)) : refuse(404, [`The priority with id '${id}' does not exist`]);
}

function renderFullPriority(call: JiraCall, priority: Priority): Json {
  const { description, colour, name } = priority;
  return { ...renderPriority(call, priority), description, statusColor: colour, isDefault: name === DEFAULT_PRIORITY };
}

export function searchProjects(call: JiraCall): SandboxReply {
  const wanted = query(call, "query")?.toLowerCase() ?? "";
  const keys = call.request.query.getAll("keys").flatMap((value) => value.split(","));
  const found = PROJECTS.filter((project) => {
    const named = project.name.toLowerCase().includes(wanted) || project.key.toLowerCase().includes(wanted);
    return maySee(call.caller, project.key) && named && (keys.length === 0 || keys.includes(project.key));
  });
  return ok(valuesPage(call, found, (project) => renderProject(call, project)));
}

export function listProjects(call: JiraCall): SandboxReply {
  return ok(PROJECTS.filter(({ key }) => maySee(call.caller, key)).map((project) => renderProject(call, project)));
}

export function getProject(call: JiraCall): SandboxReply {
  const project = projectParam(call);
  return ok({
    ...renderProject(call, project),
    description: "",
    lead: renderPersonNamed(call, project.lead),
    assigneeType: "UNASSIGNED",
    issueTypes: ISSUE_TYPES.map((type) => renderType(call, type)),
    components: [],
    versions: [],
    roles: {},
    properties: {},
  });
}

export function listIssueTypes(call: JiraCall): SandboxReply {
  return ok(ISSUE_TYPES.map((type) => renderType(call, type)));
}

export function listStatuses(call: JiraCall): SandboxReply {
  return ok(STATUSES.map((status) => renderStatus(call, status)));
}

const READ_ONLY = [
  { id: "status", name: "Status", type: "status" },
  { id: "resolution", name: "Resolution", type: "resolution" },
  { id: "created", name: "Created", type: "datetime" },
  { id: "updated", name: "Updated", type: "datetime" },
  { id: "issuelinks", name: "Linked Issues", type: "array" },
  { id: "comment", name: "Comment", type: "comments-page" },
];

export function listFields(): SandboxReply {
  const readOnly = READ_ONLY.map(({ id, name, type }) => describe({ id, name, schema: { type, system: id } }, false));
  return ok([...ALL_FIELDS.map((field) => describe(field, true)), ...readOnly]);
}

function describe({ id, name, schema }: Pick<Field, "id" | "name" | "schema">, orderable: boolean): Json {
  const custom = id.startsWith("customfield_");
  const clauseNames = custom ? [`cf[${id.slice("customfield_".length)}]`, name] : [id];
  return { id, key: id, name, custom, orderable, navigable: true, searchable: true, clauseNames, schema };
}

export function serverInfo(call: JiraCall): SandboxReply {
  return ok({
    baseUrl: call.origin,
    displayUrl: call.origin,
    version: "1001.0.0-SNAPSHOT",
    versionNumbers: [1001, 0, 0],
    deploymentType: "Cloud",
    buildNumber: 100_290,
    buildDate: "2026-01-15T08:00:00.000+0000",
    serverTime: new Date(call.world.now()).toISOString().replace("Z", "+0000"),
    scmInfo: "loopwright-sandbox",
    serverTitle: "Loopwright sandbox",
    defaultLocale: { locale: "en_GB" },
    serverTimeZone: "Etc/UTC",
  });
}
