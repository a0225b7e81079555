import { z } from "zod";
import type { Connector } from "../../integrations/connector.js";
import { badRequest } from "../errors.js";
import { emptySchema, uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import { authorize } from "../members/authorize.js";
import * as api from "./connection-api.js";
import type { ConnectionService } from "./connection-service.js";
import type { ConnectionRow } from "./connection-store.js";
import { connectionView, connectorView } from "./connection-view.js";

export interface ConnectionRouteDependencies {
  readonly connections: ConnectionService;
  readonly connectors: readonly Connector[];
  /** Whether connections that point at the sandbox lead nowhere. */
  readonly sandboxOff: boolean;
}

const connectionParams = z.object({ connectionId: uuidSchema });

export const connectionRoutes = (dependencies: ConnectionRouteDependencies): Route[] => [
  ...readRoutes(dependencies),
  ...changeRoutes(dependencies),
];

const viewer =
  ({ connectors, sandboxOff }: ConnectionRouteDependencies) =>
  (row: ConnectionRow): api.ConnectionView =>
    connectionView(row, { connector: connectors.find(({ name }) => name === row.connector), sandboxOff });

const readRoutes = (own: ConnectionRouteDependencies, { connections, connectors } = own): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/connectors",
    access: "connections:read",
    summary: "What can be connected, with the forms to fill in",
    reply: api.connectorListSchema,
    handle: () => ({ items: connectors.map(connectorView) }),
  }),
  defineRoute({
    method: "get",
    path: "/api/connections",
    access: "connections:read",
    summary: "Connections and how they are",
    reply: api.connectionListSchema,
    handle: async ({ actor }) => ({ items: (await connections.list(actor)).map(viewer(own)) }),
  }),
  defineRoute({
    method: "get",
    path: "/api/connections/:connectionId/options/:picker",
    access: "connections:read",
    summary: "What a form's picker offers, asked from the system itself",
    params: connectionParams.extend({ picker: z.string().max(60) }),
    query: api.optionsQuerySchema,
    reply: api.optionsSchema,
    handle: async ({ actor, params, query }) => {
      const ask = { picker: params.picker, query: query.q, values: readValues(query.values) };
      const items = await connections.options(actor, params.connectionId, ask);
      return { items: items.map((item) => ({ ...item })) };
    },
  }),
];

const changeRoutes = (own: ConnectionRouteDependencies, { connections } = own): Route[] => [
  defineRoute({
    method: "post",
    path: "/api/connections",
    access: "connections:manage",
    summary: "Connect a system; it is asked before anything is stored",
    body: api.createConnectionSchema,
    reply: api.connectionSchema,
    status: 201,
    handle: async ({ actor, body }) => {
      authorize(actor, "connections:manage", { kind: "connection", id: null });
      return viewer(own)(await connections.create(actor, body));
    },
  }),
  defineRoute({
    method: "put",
    path: "/api/connections/:connectionId",
    access: "connections:manage",
    summary: "Change a connection; what is left out stays",
    params: connectionParams,
    body: api.updateConnectionSchema,
    reply: api.connectionSchema,
    handle: async ({ actor, params, body }) => viewer(own)(await connections.update(actor, params.connectionId, body)),
  }),
  ...(["pause", "resume"] as const).map((verb) =>
    defineRoute({
      method: "post",
      path: `/api/connections/:connectionId/${verb}`,
      access: "connections:manage",
      summary: verb === "pause" ? "Runs that need it wait" : "Runs that waited for it go on, spread over its rate",
      params: connectionParams,
      reply: api.connectionSchema,
      handle: async ({ actor, params }) => viewer(own)(await connections[verb](actor, params.connectionId)),
    }),
  ),
  defineRoute({
    method: "delete",
    path: "/api/connections/:connectionId",
    access: "connections:manage",
    summary: "Delete a connection that nothing uses",
    params: connectionParams,
    reply: emptySchema,
    handle: async ({ actor, params }) => {
      await connections.remove(actor, params.connectionId);
      return {};
    },
  }),
];

const valuesSchema = z.record(z.string(), z.unknown());

function readValues(text: string): Record<string, unknown> {
  try {
    return valuesSchema.parse(JSON.parse(text));
  } catch {
    const words = 'must be a JSON object of the form\'s other fields, such as {"project":"RND"}';
    throw badRequest("invalid_request", `In the query, "values" ${words}.`, { fields: { values: words } });
  }
}
