import { z } from "zod";
import type { FlowContext } from "../../workflows/flow/catalogue.js";
import { startsFlow } from "../../workflows/flow/preview/preview-step.js";
import { flowDraftSchema, type FlowDraft } from "../../workflows/flow/schema.js";
import type { Db } from "../db/database.js";
import { forbidden, notFound } from "../errors.js";
import { findFlow } from "../flows/flow-store.js";
import { uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import { mayDo } from "../members/authorize.js";
import { seerOf } from "../members/reach-where.js";
import { listPast } from "./past-events.js";
import { previewOf } from "./preview.js";
import { previewSchema, previewStepSchema } from "./preview-api.js";
import * as api from "./try-api.js";
import { tryDraft, type TryDependencies } from "./try-service.js";
import { tryView } from "./try-view.js";

export interface TryRouteDependencies extends TryDependencies {
  readonly db: Db;
}

const flowParams = z.object({ flowId: uuidSchema });

export const tryRoutes = (dependencies: TryRouteDependencies): Route[] => [
  defineRoute({
    method: "post",
    path: "/api/flows/:flowId/try",
    access: "flows:edit",
    summary: "Carry a draft out on one event, with the request that each effect would send; nothing is sent",
    params: flowParams,
    body: api.tryFlowSchema,
    reply: api.trySchema,
    handle: async ({ actor, params, body }) =>
      tryView(await tryDraft(dependencies.db, dependencies, { actor, ...params, ...body })),
  }),
  defineRoute({
    method: "post",
    path: "/api/flows/:flowId/preview",
    access: "flows:edit",
    summary: "What one step of a draft would do on a past event, field by field; the draft may be unfinished",
    params: flowParams,
    body: previewStepSchema,
    reply: previewSchema,
    handle: ({ actor, params, body }) => previewOf(dependencies.db, dependencies, { actor, ...params, ...body }),
  }),
  defineRoute({
    method: "get",
    path: "/api/flows/:flowId/past-events",
    access: "flows:edit",
    summary:
      "What was said last where the saved draft listens, to try it on, or how it started where nothing that is said starts it; none of what employees said",
    params: flowParams,
    query: api.pastEventsQuerySchema,
    reply: api.pastEventsSchema,
    handle: async ({ actor, params, query }) => {
      const { db, vault } = dependencies;
      const flow = await findFlow(db, actor.workspaceId, params.flowId);
      if (!flow) throw notFound("flow");
      if (!mayDo(actor, "feedback:read")) throw forbidden("To see what was said you need feedback:read.");
      const mayReadPeople = mayDo(actor, "people:read");
      const { flowId } = params;
      const draft = flowDraftSchema.parse(flow.draft);
      const by = { ...heardBy(draft, query.of), starts: (context: FlowContext) => startsFlow(draft, context) };
      return { items: await listPast(db, vault, { flowId, seer: seerOf(actor), mayReadPeople, ...by }) };
    },
  }),
];

const heardSchema = z.object({ sources: z.array(z.uuid()) });

/** As far as the draft says: an unfinished one may name any. */
function heardBy({ nodes }: FlowDraft, asked: api.PastEventsOf | undefined) {
  const config = nodes.find(({ type }) => type === "trigger")?.config;
  const of = asked ?? (config?.["start"] ? "starts" : "feedback");
  return { of, sources: of === "starts" ? [] : (heardSchema.safeParse(config).data?.sources ?? []) };
}
