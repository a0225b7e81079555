import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { emptySchema } from "../http/common-api.js";
import { defineRoute, type Actor, type Route } from "../http/route.js";
import { findApiToken } from "./api-tokens.js";
import type { Authenticator } from "./authenticate.js";
import { mayDo, permissionsOfActor } from "./authorize.js";
import * as api from "./member-api.js";
import { findWorkspace } from "./member-store.js";
import type { Members } from "./members.js";
import { isOnlyByLink } from "./open-door.js";
import type { SessionCookie } from "./session-cookie.js";
import { endSession } from "./sessions.js";
import { signInRoutes } from "./sign-in-routes.js";

export interface MemberRouteDependencies {
  readonly db: Db;
  readonly members: Members;
  readonly authenticator: Authenticator;
  readonly cookie: SessionCookie;
  readonly publicUrl: string;
  readonly version: string;
  /** The sandbox's page while any connection points there; null when all are real. */
  readonly sandboxUrl: (workspaceId: string) => Promise<string | null>;
}

export const memberRoutes = (dependencies: MemberRouteDependencies): Route[] => [
  ...signInRoutes(dependencies),
  ...sessionRoutes(dependencies),
  meRoute(dependencies),
];

function sessionRoutes({ db, authenticator, cookie }: MemberRouteDependencies): Route[] {
  return [
    defineRoute({
      method: "delete",
      path: "/api/session",
      access: "member",
      summary: "Sign out",
      reply: emptySchema,
      handle: async ({ request, response }) => {
        const session = cookie.read(request);
        if (session !== undefined) await transact(db, (tx) => endSession(tx, session));
        authenticator.forget();
        cookie.clear(response);
        return {};
      },
    }),
  ];
}

function meRoute({ db, members, version, publicUrl, sandboxUrl }: MemberRouteDependencies): Route {
  const nameOf = async ({ kind, id }: Actor): Promise<string> =>
    kind === "token" ? (await findApiToken(db, id)).name : ((await members.name(db, id)) ?? "—");
  return defineRoute({
    method: "get",
    path: "/api/me",
    access: "member",
    summary: "Who asks, where, and what they may do",
    reply: api.meSchema,
    handle: async ({ actor }) => {
      const [name, workspace, url, onlyByLink] = await Promise.all([
        nameOf(actor),
        findWorkspace(db, actor.workspaceId),
        sandboxUrl(actor.workspaceId),
        mayDo(actor, "members:manage") && isOnlyByLink(db, publicUrl),
      ]);
      const member = { id: actor.id, name, role: actor.role };
      const permissions = permissionsOfActor(actor);
      return { member, workspace, permissions, sandbox: url !== null, sandboxUrl: url, onlyByLink, version };
    },
  });
}
