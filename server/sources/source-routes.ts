import { z } from "zod";
import type { Db } from "../db/database.js";
import { toldOfArrived } from "../employees/arrived.js";
import { uuidSchema } from "../http/common-api.js";
import { defineRoute, type Actor, type Route } from "../http/route.js";
import { authorize } from "../members/authorize.js";
import { seerOf } from "../members/reach-where.js";
import { sourceFigures } from "../ingest/source-figures.js";
import * as api from "./source-api.js";
import type { SourceService, SourceWithSecret } from "./source-service.js";
import type { SourceRow } from "./source-store.js";

export interface SourceRouteDependencies {
  readonly db: Db;
  readonly sources: SourceService;
  readonly publicUrl: string;
}

const sourceParams = z.object({ sourceId: uuidSchema });

export const sourceRoutes = (dependencies: SourceRouteDependencies): Route[] => [
  ...readRoutes(dependencies),
  ...changeRoutes(dependencies),
];

export const hookUrl = (publicUrl: string, sourceId: string): string => `${publicUrl}/hooks/${sourceId}`;

async function views(
  { db, publicUrl }: SourceRouteDependencies,
  actor: Actor,
  rows: readonly SourceRow[],
): Promise<api.SourceView[]> {
  const ids = rows.map(({ id }) => id);
  const figures = await toldOfArrived(db, await sourceFigures(db, ids, seerOf(actor)));
  return rows.map((row) => {
    const own = figures.get(row.id);
    return {
      id: row.id,
      slug: row.slug,
      name: row.name,
      kind: row.kind,
      url: hookUrl(publicUrl, row.id),
      settings: row.settings,
      state: row.state,
      lastEventAt: own?.last_event_at?.toISOString() ?? null,
      responses: own?.responses ?? 0,
      quarantined: own?.quarantined ?? 0,
    };
  });
}

async function view(dependencies: SourceRouteDependencies, actor: Actor, row: SourceRow): Promise<api.SourceView> {
  const [only] = await views(dependencies, actor, [row]);
  if (!only) throw new Error("one source has one view");
  return only;
}

const withSecret = async (dependencies: SourceRouteDependencies, actor: Actor, { row, secret }: SourceWithSecret) => ({
  ...(await view(dependencies, actor, row)),
  secret,
});

const readRoutes = (dependencies: SourceRouteDependencies): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/sources",
    access: "sources:read",
    summary: "Where feedback comes from",
    reply: api.sourceListSchema,
    handle: async ({ actor }) => ({
      items: await views(dependencies, actor, await dependencies.sources.list(actor)),
    }),
  }),
  defineRoute({
    method: "get",
    path: "/api/sources/:sourceId",
    access: "sources:read",
    summary: "One source",
    params: sourceParams,
    reply: api.sourceSchema,
    handle: async ({ actor, params }) =>
      view(dependencies, actor, await dependencies.sources.find(actor, params.sourceId)),
  }),
];

const changeRoutes = (dependencies: SourceRouteDependencies): Route[] => [
  defineRoute({
    method: "post",
    path: "/api/sources",
    access: "sources:manage",
    summary: "A new source; its signing secret is shown in this answer and never again",
    body: api.createSourceSchema,
    reply: api.sourceWithSecretSchema,
    status: 201,
    handle: async ({ actor, body }) => {
      authorize(actor, "sources:manage", { kind: "source", id: null });
      return withSecret(dependencies, actor, await dependencies.sources.create(actor, body));
    },
  }),
  defineRoute({
    method: "put",
    path: "/api/sources/:sourceId",
    access: "sources:manage",
    summary: "Change a source's name, mapping or state",
    params: sourceParams,
    body: api.updateSourceSchema,
    reply: api.sourceSchema,
    handle: async ({ actor, params, body }) =>
      view(dependencies, actor, await dependencies.sources.update(actor, params.sourceId, body)),
  }),
  defineRoute({
    method: "post",
    path: "/api/sources/:sourceId/rotate",
    access: "sources:manage",
    summary: "A new signing secret; the one before it is accepted for another day",
    params: sourceParams,
    reply: api.sourceWithSecretSchema,
    handle: async ({ actor, params }) =>
      withSecret(dependencies, actor, await dependencies.sources.rotate(actor, params.sourceId)),
  }),
];
