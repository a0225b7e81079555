import { z } from "zod";
import type { Action } from "../../integrations/connector.js";
import { flowDraftSchema } from "../../workflows/flow/schema.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Db } from "../db/database.js";
import { notFound } from "../errors.js";
import { emptySchema, uuidSchema } from "../http/common-api.js";
import { defineRoute, type Actor, type Route } from "../http/route.js";
import { within } from "../members/authorize.js";
import { seerOf } from "../members/reach-where.js";
import type { KeepPen } from "../presence/presence-service.js";
import { catalogueReply } from "./catalogue.js";
import * as api from "./flow-api.js";
import { handsOn, type FlowService } from "./flow-service.js";
import { heardElsewhere } from "./heard-elsewhere.js";
import { fourEyes } from "./four-eyes.js";
import * as store from "./flow-store.js";
import { flowDetail, flowSummaries } from "./flow-views.js";
import { versionRoutes } from "./version-routes.js";

export interface FlowRouteDependencies {
  readonly db: Db;
  readonly flows: FlowService;
  readonly actions: readonly Action[];
  readonly memberName: (memberId: string) => Promise<string | null>;
  readonly changed: (workspaceId: string, flowId: string) => void;
  readonly keepPen: KeepPen;
  /** Tells those who look on. */
  readonly draftMoved: (workspaceId: string, flowId: string) => void;
}

const flowParams = z.object({ flowId: uuidSchema });

export const flowRoutes = (dependencies: FlowRouteDependencies): Route[] => [
  ...readRoutes(dependencies),
  ...editRoutes(dependencies),
  ...draftRoutes(dependencies),
  ...publishRoutes(dependencies),
  ...versionRoutes(dependencies),
];

const detailOf = ({ db, memberName }: FlowRouteDependencies, actor: Actor, flowId: string) =>
  flowDetail(db, { ...seerOf(actor), flowId }, memberName);

const readRoutes = (dependencies: FlowRouteDependencies): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/catalogue",
    access: "flows:read",
    summary: "Actions with their forms, and the fields that expressions may read",
    reply: api.catalogueSchema,
    handle: () => catalogueReply(dependencies.actions),
  }),
  defineRoute({
    method: "get",
    path: "/api/flows",
    access: "flows:read",
    summary: "All flows with their state and open runs",
    reply: api.flowListSchema,
    handle: async ({ actor }) => ({
      items: await flowSummaries(dependencies.db, { ...seerOf(actor), only: within(actor, "flow") }),
    }),
  }),
  defineRoute({
    method: "get",
    path: "/api/flows/:flowId",
    access: "flows:read",
    summary: "One flow with its draft",
    params: flowParams,
    reply: api.flowDetailSchema,
    handle: ({ actor, params }) => detailOf(dependencies, actor, params.flowId),
  }),
];

const editRoutes = (dependencies: FlowRouteDependencies): Route[] => [
  defineRoute({
    method: "post",
    path: "/api/flows",
    access: "flows:edit",
    summary: "A new flow, empty or from a draft",
    body: api.createFlowSchema,
    reply: api.flowDetailSchema,
    status: 201,
    handle: async ({ actor, body }) => {
      const flowId = await transact(dependencies.db, (tx) => dependencies.flows.create(tx, actor, body));
      dependencies.changed(actor.workspaceId, flowId);
      return detailOf(dependencies, actor, flowId);
    },
  }),
  defineRoute({
    method: "patch",
    path: "/api/flows/:flowId",
    access: "flows:edit",
    summary: "Rename a flow",
    params: flowParams,
    body: api.renameFlowSchema,
    reply: api.flowDetailSchema,
    handle: async ({ actor, params, body }) => {
      await transact(dependencies.db, (tx) => dependencies.flows.rename(tx, actor, { ...params, ...body }));
      dependencies.changed(actor.workspaceId, params.flowId);
      return detailOf(dependencies, actor, params.flowId);
    },
  }),
];

const draftRoutes = (dependencies: FlowRouteDependencies): Route[] => [
  defineRoute({
    method: "put",
    path: "/api/flows/:flowId/draft",
    access: "flows:edit",
    summary: "Save the draft; a stale revision is answered 409 and nothing is overwritten",
    params: flowParams,
    body: api.saveDraftSchema,
    reply: api.savedDraftSchema,
    handle: async ({ actor, params, body }) => {
      const saved = await transact(dependencies.db, (tx) =>
        dependencies.flows.saveDraft(tx, actor, { ...params, ...body }, dependencies.keepPen),
      );
      if (saved.isWatched) dependencies.draftMoved(actor.workspaceId, params.flowId);
      return { revision: saved.revision, savedAt: saved.savedAt.toISOString() };
    },
  }),
  defineRoute({
    method: "post",
    path: "/api/flows/:flowId/check",
    access: "flows:edit",
    summary: "What keeps the saved draft from being published",
    params: flowParams,
    reply: api.flowCheckSchema,
    handle: async ({ actor, params }) => {
      const flow = await store.findFlow(dependencies.db, actor.workspaceId, params.flowId);
      if (!flow) throw notFound("flow");
      const publication = await dependencies.flows.check(dependencies.db, actor, flowDraftSchema.parse(flow.draft));
      return {
        problems: publication.ok ? [] : [...publication.problems],
        warnings: [...publication.warnings, ...(await heardElsewhere(dependencies.db, actor, { flow, publication }))],
        fourEyes: fourEyes(await handsOn(dependencies.db, actor, flow)),
      };
    },
  }),
];

const stateSummaries = {
  pause: "Take no new responses; open runs go on",
  resume: "Take new responses again",
  unpublish: "Back to a draft: take no new responses until it is published anew; open runs go on",
} as const;

const publishRoutes = (dependencies: FlowRouteDependencies): Route[] => [
  defineRoute({
    method: "post",
    path: "/api/flows/:flowId/publish",
    access: "flows:publish",
    summary: "Publish the saved draft; problems are answered 422 with their nodes",
    params: flowParams,
    body: api.publishFlowSchema,
    reply: api.publishedSchema,
    handle: async ({ actor, params, body }) => {
      const published = await transact(dependencies.db, (tx) =>
        dependencies.flows.publish(tx, actor, { ...params, ...body }),
      );
      dependencies.changed(actor.workspaceId, params.flowId);
      return published;
    },
  }),
  ...(["pause", "resume", "unpublish"] as const).map((verb) =>
    defineRoute({
      method: "post",
      path: `/api/flows/:flowId/${verb}`,
      access: "flows:publish",
      summary: stateSummaries[verb],
      params: flowParams,
      reply: api.flowDetailSchema,
      handle: async ({ actor, params }) => {
        await transact(dependencies.db, (tx) => dependencies.flows[verb](tx, actor, params.flowId));
        dependencies.changed(actor.workspaceId, params.flowId);
        return detailOf(dependencies, actor, params.flowId);
      },
    }),
  ),
  defineRoute({
    method: "delete",
    path: "/api/flows/:flowId",
    access: "flows:publish",
    summary: "Delete a flow; its open runs go on",
    params: flowParams,
    reply: emptySchema,
    handle: async ({ actor, params }) => {
      await transact(dependencies.db, (tx) => dependencies.flows.remove(tx, actor, params.flowId));
      dependencies.changed(actor.workspaceId, params.flowId);
      return {};
    },
  }),
];
