import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { defineRoute, type Route } from "../http/route.js";
import { changeSettingsSchema, settingsReplySchema } from "./settings-api.js";
import { readSettings, saveSettings } from "./settings.js";

export const settingsRoutes = ({ db }: { readonly db: Db }): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/settings",
    access: "settings:read",
    summary: "The workspace's settings",
    reply: settingsReplySchema,
    handle: ({ actor }) => readSettings(db, actor.workspaceId),
  }),
  defineRoute({
    method: "put",
    path: "/api/settings",
    access: "settings:manage",
    summary: "Change the workspace's settings; what is left out stays as it is",
    body: changeSettingsSchema,
    reply: settingsReplySchema,
    handle: async ({ actor, body }) => {
      await transact(db, (tx) => saveSettings(tx, actor, body));
      return readSettings(db, actor.workspaceId);
    },
  }),
];
