import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import { exportRoutes } from "./export-routes.js";
import * as api from "./oversight-api.js";
import { activeMembers } from "./owners.js";
import { readDuplicates, readEntries, type OversightDependencies } from "./registry.js";
import { listSenders } from "./sender-store.js";
import { readEntry, saveAnswers } from "./save-answers.js";

/** Lines that a page shows. */
const SENDERS = 500;

export const oversightRoutes = (own: OversightDependencies): Route[] => [
  ...listRoutes(own),
  ...exportRoutes(own),
  ...thingRoutes(own, { kind: "source", path: "/api/oversight/sources/:sourceId", params: sourceParams }),
  ...thingRoutes(own, {
    kind: "connection",
    path: "/api/oversight/connections/:connectionId",
    params: connectionParams,
  }),
];

const sourceParams = z.object({ sourceId: uuidSchema }).transform(({ sourceId: id }) => ({ id }));
const connectionParams = z.object({ connectionId: uuidSchema }).transform(({ connectionId: id }) => ({ id }));

const listRoutes = (own: OversightDependencies): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/oversight/entries",
    access: "oversight:read",
    summary: "Which tools collect or get customer data, who answers for them, and how risky they are",
    query: api.entryFilterSchema,
    reply: api.entryListSchema,
    handle: async ({ actor, query }) => ({
      items: await readEntries(own, own.db, { ...query, workspaceId: actor.workspaceId }),
    }),
  }),
  defineRoute({
    method: "get",
    path: "/api/oversight/duplicates",
    access: "oversight:read",
    summary: "Sources and connections that serve the same purpose with the same data of the same people",
    reply: api.duplicateListSchema,
    handle: async ({ actor }) => ({ items: await readDuplicates(own, own.db, actor.workspaceId) }),
  }),
  defineRoute({
    method: "get",
    path: "/api/oversight/senders",
    access: "oversight:read",
    summary: "Who posted to addresses where nothing is taken from them, the newest day first",
    reply: api.senderListSchema,
    handle: async ({ actor }) => ({
      items: (await listSenders(own.db, actor.workspaceId, SENDERS)).map(({ workspaceId: _own, ...line }) => ({
        ...line,
        firstAt: line.firstAt.toISOString(),
        lastAt: line.lastAt.toISOString(),
      })),
    }),
  }),
  defineRoute({
    method: "get",
    path: "/api/oversight/owners",
    access: "oversight:read",
    summary: "Members who may be named as owners",
    reply: api.ownerListSchema,
    handle: async ({ actor }) => {
      const names = await own.names(own.db, await activeMembers(own.db, actor.workspaceId));
      return { items: [...names].map(([id, name]) => ({ id, name })) };
    },
  }),
];

interface Thing {
  readonly kind: api.ThingKind;
  readonly path: string;
  readonly params: z.ZodType<{ id: string }>;
}

const thingRoutes = (own: OversightDependencies, { kind, path, params }: Thing): Route[] => [
  defineRoute({
    method: "get",
    path,
    access: "oversight:read",
    summary: `What is said of a ${kind}, what happens at it, and what may be wrong`,
    params,
    reply: api.entrySchema,
    handle: ({ actor: { workspaceId }, params: { id } }) => readEntry(own, own.db, { workspaceId, kind, id }),
  }),
  defineRoute({
    method: "put",
    path,
    access: "oversight:manage",
    summary: `Say what a ${kind} is for, who answers for it, and where its data goes`,
    params,
    body: api.answersSchema,
    reply: api.entrySchema,
    handle: ({ actor, params: { id }, body }) =>
      transact(own.db, (tx) => saveAnswers(own, tx, { actor, kind, id, answers: body })),
  }),
];
