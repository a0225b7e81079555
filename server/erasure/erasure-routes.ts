import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";
import { pageFrom } from "../http/paging.js";
import { defineRoute, type Route } from "../http/route.js";
import { erasureListSchema, erasureQuerySchema, erasureSchema, eraseSchema } from "./erasure-api.js";
import type { ErasureService } from "./erasure-service.js";

export const erasureRoutes = ({ erasures }: { erasures: ErasureService }): Route[] => [
  defineRoute({
    method: "post",
    path: "/api/privacy/erasures",
    access: "privacy:manage",
    summary: "Forget somebody: here, in our copies elsewhere, and in what is restored later",
    body: eraseSchema,
    reply: erasureSchema,
    status: 202,
    handle: ({ actor, body }) => erasures.ask(actor, body),
  }),
  defineRoute({
    method: "get",
    path: "/api/privacy/erasures",
    access: "privacy:manage",
    summary: "What was asked to be forgotten, newest first",
    query: erasureQuerySchema,
    reply: erasureListSchema,
    handle: async ({ actor, query }) => {
      const { workspaceId } = actor;
      const rows = await erasures.list({ ...query, workspaceId, limit: query.limit + 1 });
      const page = pageFrom(rows, query.limit);
      const left = query.cursor === undefined ? await erasures.left(workspaceId) : [];
      return { items: [...page.rows], next: page.next, left };
    },
  }),
  defineRoute({
    method: "get",
    path: "/api/privacy/erasures/:erasureId",
    access: "privacy:manage",
    summary: "How far it is, what became of each copy, and the signed receipt",
    params: z.object({ erasureId: uuidSchema }),
    reply: erasureSchema,
    handle: ({ actor, params }) => erasures.find(actor.workspaceId, params.erasureId),
  }),
];
