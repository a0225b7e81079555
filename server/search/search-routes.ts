import { transact } from "../../workflows/ledger/transact.js";
import { auditBy } from "../audit/audit.js";
import type { Db } from "../db/database.js";
import { defineRoute, type Route } from "../http/route.js";
import { searchStateSchema, searchSwitchSchema } from "./search-api.js";
import { searchState, switchSearch } from "./search-store.js";

const path = "/api/feedback/search";

export const searchRoutes = ({ db }: { readonly db: Db }): Route[] => [
  defineRoute({
    method: "get",
    path,
    access: "feedback:read",
    summary: "Whether what people said can be searched",
    reply: searchStateSchema,
    handle: async ({ actor }) => ({ state: await searchState(db, actor.workspaceId) }),
  }),
  defineRoute({
    method: "put",
    path,
    access: "privacy:manage",
    summary:
      "Switch the search on, which keeps a masked copy of what people said in the clear, or off, which deletes it",
    body: searchSwitchSchema,
    reply: searchStateSchema,
    handle: async ({ actor, body: { on } }) => {
      const { workspaceId } = actor;
      await transact(db, async (tx) => {
        await switchSearch(tx, workspaceId, on);
        const target = { kind: "workspace", id: workspaceId };
        await auditBy(tx, actor, { action: "search.switched", target, data: { on } });
      });
      return { state: await searchState(db, workspaceId) };
    },
  }),
];
