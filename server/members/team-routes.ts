import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db, Reader } from "../db/database.js";
import { notFound } from "../errors.js";
import { emptySchema, uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import { saveTeamSchema, teamListSchema, teamSchema, type Team } from "./team-api.js";
import { changeTeam, createTeam, deleteTeam, listTeams } from "./teams.js";

export interface TeamRouteDependencies {
  readonly db: Db;
  /** What members saw is not to be believed any more. */
  readonly forget: () => void;
}

const params = z.object({ teamId: uuidSchema });

export const teamRoutes = (dependencies: TeamRouteDependencies): Route[] => [
  listRoute(dependencies),
  createRoute(dependencies),
  changeRoute(dependencies),
  deleteRoute(dependencies),
];

const listRoute = ({ db }: TeamRouteDependencies): Route =>
  defineRoute({
    method: "get",
    path: "/api/teams",
    access: "members:manage",
    summary: "Teams: who sees which part of the workspace",
    reply: teamListSchema,
    handle: async ({ actor }) => ({ items: await listTeams(db, actor.workspaceId) }),
  });

const createRoute = ({ db, forget }: TeamRouteDependencies): Route =>
  defineRoute({
    method: "post",
    path: "/api/teams",
    access: "members:manage",
    summary: "A new team; from then on its members see what their teams see, and nothing else",
    body: saveTeamSchema,
    reply: teamSchema,
    status: 201,
    handle: async ({ actor, body }) => {
      const id = await transact(db, (tx) => createTeam(tx, actor, body));
      forget();
      return teamById(db, actor.workspaceId, id);
    },
  });

const changeRoute = ({ db, forget }: TeamRouteDependencies): Route =>
  defineRoute({
    method: "put",
    path: "/api/teams/:teamId",
    access: "members:manage",
    summary: "A team as it is to be; what its members see counts at once",
    params,
    body: saveTeamSchema,
    reply: teamSchema,
    handle: async ({ actor, params: { teamId }, body }) => {
      await transact(db, (tx) => changeTeam(tx, actor, teamId, body));
      forget();
      return teamById(db, actor.workspaceId, teamId);
    },
  });

const deleteRoute = ({ db, forget }: TeamRouteDependencies): Route =>
  defineRoute({
    method: "delete",
    path: "/api/teams/:teamId",
    access: "members:manage",
    summary: "Delete a team that has no members any more",
    params,
    reply: emptySchema,
    handle: async ({ actor, params: { teamId } }) => {
      await transact(db, (tx) => deleteTeam(tx, actor, teamId));
      forget();
      return {};
    },
  });

async function teamById(reader: Reader, workspaceId: string, id: string): Promise<Team> {
  const team = (await listTeams(reader, workspaceId)).find((one) => one.id === id);
  if (!team) throw notFound("team");
  return team;
}
