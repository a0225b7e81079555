import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import * as api from "./request-api.js";
import type { Requests } from "./requests.js";

const params = z.object({ requestId: uuidSchema });

export const requestRoutes = (requests: Requests): Route[] => [...askRoutes(requests), ...decideRoutes(requests)];

const askRoutes = (requests: Requests): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/oversight/requests",
    access: "oversight:ask",
    summary: "Tools that were asked for, newest first: one's own, or all for whoever decides",
    query: api.requestQuerySchema,
    reply: api.requestListSchema,
    handle: ({ actor, query }) => requests.list(actor, query),
  }),
  defineRoute({
    method: "post",
    path: "/api/oversight/requests",
    access: "oversight:ask",
    summary: "Ask for a source or a connection, and say what its data is for",
    body: api.askSchema,
    reply: api.requestSchema,
    status: 201,
    handle: ({ actor, body }) => requests.ask(actor, body),
  }),
];

const decideRoutes = (requests: Requests): Route[] => [
  defineRoute({
    method: "post",
    path: "/api/oversight/requests/:requestId/approve",
    access: "oversight:manage",
    summary: "It may be made; nobody approves what they asked for themselves",
    params,
    reply: api.requestSchema,
    handle: ({ actor, params: { requestId } }) =>
      requests.decide(actor, requestId, { state: "approved", reason: null }),
  }),
  defineRoute({
    method: "post",
    path: "/api/oversight/requests/:requestId/decline",
    access: "oversight:manage",
    summary: "It may not be made, and why",
    params,
    body: api.declineSchema,
    reply: api.requestSchema,
    handle: ({ actor, params: { requestId }, body }) =>
      requests.decide(actor, requestId, { state: "declined", reason: body.reason }),
  }),
  defineRoute({
    method: "post",
    path: "/api/oversight/requests/:requestId/link",
    access: "oversight:manage",
    summary: "What was made of it: what was asked stands in the registry from now on",
    params,
    body: api.linkSchema,
    reply: api.requestSchema,
    handle: ({ actor, params: { requestId }, body }) => requests.link(actor, requestId, body.thingId),
  }),
];
