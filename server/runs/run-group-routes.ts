import { transact } from "../../workflows/ledger/transact.js";
import type { ExecutionPorts } from "../../workflows/ports.js";
import { auditBy } from "../audit/audit.js";
import type { Db, Reader } from "../db/database.js";
import { defineRoute, type Actor, type Route } from "../http/route.js";
import { mayDo } from "../members/authorize.js";
import { seerOf } from "../members/reach-where.js";
import { failureGroups } from "./failure-groups.js";
import { findRuns } from "./find-runs.js";
import { doToMany, resumeGroup } from "./many-runs.js";
import type { RunActions } from "./run-actions.js";
import * as api from "./run-group-api.js";

export interface GroupRouteDependencies {
  readonly db: Db;
  readonly ports: ExecutionPorts;
  readonly actions: RunActions;
  /** Who is known by this address, or stands for who is; null: nobody. */
  readonly contactOf: (reader: Reader, workspaceId: string, email: string) => Promise<string | null>;
}

/** What is done to several runs, or asked of them together. */
export const groupRoutes = (dependencies: GroupRouteDependencies): Route[] => [
  groupsRoute(dependencies),
  resumeRoute(dependencies),
  manyRoute(dependencies),
  contactRoute(dependencies),
];

const groupsRoute = ({ db, ports }: GroupRouteDependencies): Route =>
  defineRoute({
    method: "get",
    path: "/api/runs/failure-groups",
    access: "runs:read",
    summary: "Where runs are stuck: by flow, step and reason",
    query: api.failureGroupsQuerySchema,
    reply: api.failureGroupsSchema,
    handle: ({ actor, query }) =>
      failureGroups(db, ports, { ...query, ...seerOf(actor), mayReadPeople: mayDo(actor, "people:read") }),
  });

const resumeRoute = (dependencies: GroupRouteDependencies): Route =>
  defineRoute({
    method: "post",
    path: "/api/runs/resume-group",
    access: "runs:act",
    summary: "Try again what is stuck at one step for one reason; never what is in doubt",
    body: api.resumeGroupSchema,
    reply: api.resumedSchema,
    handle: ({ actor, body }) => resumeGroup(dependencies, actor, body),
  });

const manyRoute = (dependencies: GroupRouteDependencies): Route =>
  defineRoute({
    method: "post",
    path: "/api/runs/many",
    access: "runs:act",
    summary: "Cancel several runs, or try again what is stuck in them",
    body: api.manyRunsSchema,
    reply: api.manyDoneSchema,
    handle: ({ actor, body }) => doToMany(dependencies, actor, body),
  });

const contactRoute = ({ db, contactOf }: GroupRouteDependencies): Route =>
  defineRoute({
    method: "post",
    path: "/api/runs/contact",
    access: "people:read",
    summary: "By their address: whose runs to list",
    body: api.findContactSchema,
    reply: api.foundContactIdSchema,
    handle: async ({ actor, body: { email } }) => {
      const known = await contactOf(db, actor.workspaceId, email);
      const contactId = known !== null && (await hasRuns(db, actor, known)) ? known : null;
      await transact(db, (tx) =>
        auditBy(tx, actor, {
          action: "person.searched",
          target: { kind: "workspace", id: actor.workspaceId },
          data: { contacts: contactId === null ? 0 : 1, responses: 0 },
        }),
      );
      return { contactId };
    },
  });

/** Within reach, and not as an employee: that somebody is known at all is nobody's to learn here. */
async function hasRuns(reader: Reader, actor: Actor, contactId: string): Promise<boolean> {
  const { ids } = await findRuns(reader, { ...seerOf(actor), contactId, mayReadPeople: true, limit: 1 });
  return ids.length > 0;
}
