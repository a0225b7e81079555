import { byName, type NamedOption } from "../by-name.js";
import type { OptionLoader, PickerOption } from "../connector.js";
import { issueTypesSchema, priorityPageSchema, projectPageSchema, understood, usersSchema } from "./answers.js";
import { openJira } from "./client.js";
import type { JiraConfig, JiraSecret } from "./config.js";
import type { JiraPort } from "./port.js";

type Load = OptionLoader<JiraConfig, JiraSecret>;
type Ask = Parameters<Load>[1];

const DEADLINE_MS = 10_000;
const MOST = 50;
const READ = { writes: false };

const loader =
  (load: (jira: JiraPort, ask: Ask) => Promise<PickerOption[]>): Load =>
  (connection, ask) =>
    load(openJira({ connection, signal: ask.signal, deadlineMs: DEADLINE_MS }), ask);

async function projects(jira: JiraPort, { query }: Ask): Promise<PickerOption[]> {
  const answer = await jira.read("/project/search", { maxResults: MOST, orderBy: "name", ...(query && { query }) });
  const { values } = understood(projectPageSchema, answer, READ);
  return values.map(({ key, name }) => ({ value: key, label: name, hint: key }));
}

async function issueTypes(jira: JiraPort, { query, values }: Ask): Promise<PickerOption[]> {
  const project = projectIn(values);
  if (project === null) return [];
  const answer = await jira.createMetaTypes(project);
  // A subtask needs a parent issue, which this step does not have.
  const types = understood(issueTypesSchema, answer, READ).issueTypes.filter(({ subtask }) => subtask !== true);
  const options = types.map(({ description, ...type }) => ({
    ...named(type),
    ...(description && { hint: description }),
  }));
  return byName(options).filter(matches(query));
}

async function priorities(jira: JiraPort, { query }: Ask): Promise<PickerOption[]> {
  const answer = await jira.read("/priority/search", { maxResults: MOST });
  const { values } = understood(priorityPageSchema, answer, READ);
  return byName(values.map(named)).filter(matches(query));
}

/** Digits would be taken for an id. */
const named = ({ id, name }: { readonly id: string; readonly name: string }): NamedOption => ({
  ...{ value: /^\d+$/.test(name) ? id : name, id, label: name },
});

async function assignees(jira: JiraPort, { query, values }: Ask): Promise<PickerOption[]> {
  const project = projectIn(values);
  const answer =
    project === null
      ? await jira.searchUsers({ query, maxResults: MOST })
      : await jira.read("/user/assignable/search", { project, query, maxResults: MOST });
  const people = understood(usersSchema, answer, READ).filter(({ active }) => active !== false);
  return people.map(({ accountId, displayName, emailAddress }) => ({
    value: accountId,
    label: displayName,
    ...(emailAddress && { hint: emailAddress }),
  }));
}

/** Null while the form's project is empty or still a template. */
function projectIn(values: Readonly<Record<string, unknown>>): string | null {
  const project = values["project"];
  return typeof project === "string" && /^[A-Za-z0-9_]+$/.test(project) ? project : null;
}

const matches = (query: string) => (option: PickerOption) => option.label.toLowerCase().includes(query.toLowerCase());

export const jiraOptions = {
  projects: loader(projects),
  issueTypes: loader(issueTypes),
  priorities: loader(priorities),
  assignees: loader(assignees),
};
