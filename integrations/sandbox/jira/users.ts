import type { SandboxReply } from "../system.js";
import { maySee, pageOf, query, type JiraCall } from "./call.js";
import { projectOf } from "./catalogue.js";
import { MEMBERS, personById, type Person } from "./people.js";
import { renderPerson } from "./render.js";
import { ok, refuse } from "./reply.js";

export function myself(call: JiraCall): SandboxReply {
  return ok({
    ...renderPerson(call, call.caller),
    locale: "en_GB",
    groups: { size: 1, items: [] },
    applicationRoles: { size: 1, items: [] },
    expand: "groups,applicationRoles",
  });
}

export function getUser(call: JiraCall): SandboxReply {
  const accountId = query(call, "accountId") ?? refuse(400, ["The query parameter 'accountId' is required."]);
  const person = personById(accountId);
  return person
    ? ok(renderPerson(call, person))
    : refuse(404, ["Specified user does not exist or you do not have required permissions"]);
}

export function searchUsers(call: JiraCall): SandboxReply {
  const [wanted, accountId] = [query(call, "query"), query(call, "accountId")];
  if (wanted === undefined && accountId === undefined && query(call, "property") === undefined) {
    refuse(400, ["A query parameter is required: query, accountId or property."]);
  }
  return answer(
    call,
    MEMBERS.filter((person) => isAsked(person, wanted, accountId)),
  );
}

export function searchAssignable(call: JiraCall): SandboxReply {
  const project = projectOf(wantedProject(call));
  if (!project || !maySee(call.caller, project.key))
    return refuse(404, [`No project could be found with key '${wantedProject(call)}'.`]);
  const found = MEMBERS.filter(
    (person) => !person.guest && isAsked(person, query(call, "query"), query(call, "accountId")),
  );
  return answer(call, found);
}

function wantedProject(call: JiraCall): string {
  const issue = query(call, "issueKey") ?? query(call, "issueId");
  const project = query(call, "project");
  if (project !== undefined) return project;
  if (issue === undefined) return refuse(400, ["Either the 'project' or 'issueKey' query parameter is required."]);
  return call.store.find(issue)?.project ?? "";
}

/** Jira matches the beginning of a name's words and of the address. */
function isAsked(person: Person, wanted: string | undefined, accountId: string | undefined): boolean {
  if (accountId !== undefined) return person.accountId === accountId;
  const lower = (wanted ?? "").toLowerCase();
  const starts = [person.email, person.displayName, ...person.displayName.split(" ")];
  return starts.some((start) => start.toLowerCase().startsWith(lower));
}

function answer(call: JiraCall, people: readonly Person[]): SandboxReply {
  return ok(pageOf(call, people).items.map((person) => renderPerson(call, person)));
}
