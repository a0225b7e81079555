import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import { holdListSchema, holdSchema, placeHoldSchema } from "./hold-api.js";
import type { HoldService } from "./hold-service.js";

export const holdRoutes = ({ holds }: { holds: HoldService }): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/privacy/holds",
    access: "privacy:manage",
    summary: "What must not go, and what had not been allowed to go before",
    reply: holdListSchema,
    handle: async ({ actor }) => ({ items: await holds.list(actor) }),
  }),
  defineRoute({
    method: "post",
    path: "/api/privacy/holds",
    access: "privacy:manage",
    summary: "Place a legal hold on a contact, a source or the workspace: nothing of it is deleted until it is lifted",
    body: placeHoldSchema,
    reply: holdSchema,
    status: 201,
    handle: ({ actor, body }) => holds.place(actor, body),
  }),
  defineRoute({
    method: "post",
    path: "/api/privacy/holds/:holdId/lift",
    access: "privacy:manage",
    summary: "Lift a legal hold; erasures that waited for it go on",
    params: z.object({ holdId: uuidSchema }),
    reply: holdSchema,
    handle: ({ actor, params }) => holds.lift(actor, params.holdId),
  }),
];
