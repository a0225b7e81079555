import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";
import { defineRoute, type Actor, type Route } from "../http/route.js";
import { authorize, mayDo } from "../members/authorize.js";
import { seerOf } from "../members/reach-where.js";
import { findRuns } from "./find-runs.js";
import * as api from "./run-api.js";
import { groupRoutes, type GroupRouteDependencies } from "./run-group-routes.js";
import type { RunActions } from "./run-actions.js";
import { runRows } from "./run-store.js";
import { runDetail, runSummaries, type RunViewDependencies } from "./run-views.js";

export interface RunRouteDependencies extends RunViewDependencies, GroupRouteDependencies {
  readonly actions: RunActions;
}

const runParams = z.object({ runId: uuidSchema });
const stepParams = runParams.extend({ nodeId: z.string().max(40) });
const mayReadPeople = (actor: Actor): boolean => mayDo(actor, "people:read");

export const runRoutes = (dependencies: RunRouteDependencies): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/runs",
    access: "runs:read",
    summary: "Runs, newest first",
    query: api.runQuerySchema,
    reply: api.runListSchema,
    handle: async ({ actor, query }) => {
      if (query.contactId) authorize(actor, "people:read");
      const [seer, mayRead] = [seerOf(actor), mayReadPeople(actor)];
      const { ids, next } = await findRuns(dependencies.db, { ...query, ...seer, mayReadPeople: mayRead });
      const rows = await runRows(dependencies.db, actor.workspaceId, ids);
      return { items: await runSummaries(dependencies.db, dependencies, { rows, seer, mayReadPeople: mayRead }), next };
    },
  }),
  // Before the one whose last part is any run's id.
  ...groupRoutes(dependencies),
  defineRoute({
    method: "get",
    path: "/api/runs/:runId",
    access: "runs:read",
    summary: "One run: its steps, effects and facts",
    params: runParams,
    reply: api.runDetailSchema,
    handle: ({ actor, params }) =>
      runDetail(dependencies.db, dependencies, {
        ...params,
        actor,
        mayReadPeople: mayReadPeople(actor),
      }),
  }),
  cancelRoute(dependencies),
  ...stepRoutes(dependencies),
  ...doubtRoutes(dependencies),
];

const cancelRoute = ({ actions }: RunRouteDependencies): Route =>
  defineRoute({
    method: "post",
    path: "/api/runs/:runId/cancel",
    access: "runs:act",
    summary: "Cancel: nothing new is sent; what went out is shown",
    params: runParams,
    reply: api.runActionReplySchema,
    handle: ({ actor, params }) => actions.cancel(actor, params.runId),
  });

const stepRoutes = ({ actions }: RunRouteDependencies): Route[] => [
  defineRoute({
    method: "post",
    path: "/api/runs/:runId/steps/:nodeId/retry",
    access: "runs:act",
    summary: "Try a stuck step again, with changes if given; never one that is in doubt",
    params: stepParams,
    body: api.retryStepSchema,
    reply: api.runActionReplySchema,
    handle: ({ actor, params, body }) => actions.retry(actor, params, body.input),
  }),
  defineRoute({
    method: "post",
    path: "/api/runs/:runId/steps/:nodeId/skip",
    access: "runs:act",
    summary: "Go past a stuck step by one of its outputs, with values for later steps",
    params: stepParams,
    body: api.skipStepSchema,
    reply: api.runActionReplySchema,
    handle: ({ actor, params, body }) => actions.skip(actor, params, { output: body.output, values: body.values }),
  }),
];

/** A step in doubt may have gone through: it is never tried again, only cleared up. */
const doubtRoutes = ({ actions }: RunRouteDependencies): Route[] => [
  defineRoute({
    method: "post",
    path: "/api/runs/:runId/steps/:nodeId/settle",
    access: "runs:act",
    summary: "Say that the effect of a step in doubt did happen",
    params: stepParams,
    body: api.settleStepSchema,
    reply: api.runActionReplySchema,
    handle: ({ actor, params, body }) => actions.settle(actor, params, body),
  }),
  defineRoute({
    method: "post",
    path: "/api/runs/:runId/steps/:nodeId/look-again",
    access: "runs:act",
    summary: "Look for the effect of a step in doubt once more: it is sent only if it is proved absent",
    params: stepParams,
    reply: api.runActionReplySchema,
    handle: ({ actor, params }) => actions.lookAgain(actor, params),
  }),
];
