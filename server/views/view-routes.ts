import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { emptySchema, uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import * as api from "./view-api.js";
import { changeView, createView, deleteView, listViews } from "./views.js";

const params = z.object({ viewId: uuidSchema });

export const viewRoutes = ({ db }: { readonly db: Db }): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/views",
    access: "member",
    summary: "Lists as you narrowed them, and as others did who share that",
    query: api.viewQuerySchema,
    reply: api.viewListSchema,
    handle: async ({ actor, query }) => ({ items: await listViews(db, actor, query.page) }),
  }),
  defineRoute({
    method: "post",
    path: "/api/views",
    access: "member",
    summary: "Keep a list as it is narrowed; shared with everybody by whoever manages settings",
    body: api.createViewSchema,
    reply: api.viewSchema,
    status: 201,
    handle: ({ actor, body }) => transact(db, (tx) => createView(tx, actor, body)),
  }),
  defineRoute({
    method: "patch",
    path: "/api/views/:viewId",
    access: "member",
    summary: "Another name or filter for a view",
    params,
    body: api.changeViewSchema,
    reply: api.viewSchema,
    handle: ({ actor, params: { viewId }, body }) => transact(db, (tx) => changeView(tx, actor, viewId, body)),
  }),
  defineRoute({
    method: "delete",
    path: "/api/views/:viewId",
    access: "member",
    summary: "Delete a view",
    params,
    reply: emptySchema,
    handle: async ({ actor, params: { viewId } }) => {
      await transact(db, (tx) => deleteView(tx, actor, viewId));
      return {};
    },
  }),
];
