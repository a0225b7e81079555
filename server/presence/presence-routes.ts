import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { emptySchema, uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import { presenceSchema, takeOverSchema } from "./presence-api.js";
import type { PresenceService } from "./presence-service.js";

export interface PresenceRouteDependencies {
  readonly db: Db;
  readonly presence: PresenceService;
  /** Pages that have the flow open read again who is there. */
  readonly moved: (workspaceId: string, flowId: string) => void;
}

const params = z.object({ flowId: uuidSchema, tabId: uuidSchema });
const path = "/api/flows/:flowId/presence/:tabId";

export const presenceRoutes = ({ db, presence, moved }: PresenceRouteDependencies): Route[] => [
  defineRoute({
    method: "put",
    path,
    access: "flows:read",
    summary: "A page has the flow open, said every 20 seconds; who else has, and who edits it",
    params,
    reply: presenceSchema,
    handle: async ({ actor, params: at }) => {
      const looked = await presence.look(db, actor, at);
      if (looked.moved) moved(actor.workspaceId, at.flowId);
      return looked.presence;
    },
  }),
  defineRoute({
    method: "delete",
    path,
    access: "flows:read",
    summary: "The page was closed",
    params,
    reply: emptySchema,
    handle: async ({ actor, params: at }) => {
      if (await presence.leave(db, actor, at)) moved(actor.workspaceId, at.flowId);
      return {};
    },
  }),
  defineRoute({
    method: "post",
    path: `${path}/take`,
    access: "flows:edit",
    summary: "Edit from this page; who is at work is taken over by a second word only (409 pen_held)",
    params,
    body: takeOverSchema,
    reply: presenceSchema,
    handle: async ({ actor, params: at, body }) => {
      await transact(db, (tx) => presence.take(tx, actor, { ...at, ...body }));
      moved(actor.workspaceId, at.flowId);
      return (await presence.look(db, actor, at)).presence;
    },
  }),
];
