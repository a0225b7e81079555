import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import { notFound } from "../errors.js";
import { findFlow } from "../flows/flow-store.js";
import { emptySchema, uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import * as api from "./flow-test-api.js";
import { listTests, type FlowTestRow } from "./flow-test-store.js";
import { removeTest, runTests, saveTest } from "./flow-tests.js";
import type { TryRouteDependencies } from "./try-routes.js";

const flowParams = z.object({ flowId: uuidSchema });

const viewOf = ({ id, name, created_at }: FlowTestRow) => ({ id, name, createdAt: created_at.toISOString() });

/** Tries that a flow is held to. */
export const flowTestRoutes = (dependencies: TryRouteDependencies): Route[] => [
  ...keptTests(dependencies),
  runRoute(dependencies),
];

const keptTests = (dependencies: TryRouteDependencies): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/flows/:flowId/tests",
    access: "flows:read",
    summary: "The tests of a flow",
    params: flowParams,
    reply: api.flowTestListSchema,
    handle: async ({ actor, params }) => {
      const { db } = dependencies;
      if (!(await findFlow(db, actor.workspaceId, params.flowId))) throw notFound("flow");
      return { items: (await listTests(db, actor.workspaceId, params.flowId)).map(viewOf) };
    },
  }),
  defineRoute({
    method: "post",
    path: "/api/flows/:flowId/tests",
    access: "flows:edit",
    summary:
      "Keep a try as a test: what it does now is what is expected; of a past event neither person nor words are kept",
    params: flowParams,
    body: api.saveFlowTestSchema,
    reply: api.flowTestSchema,
    status: 201,
    handle: async ({ actor, params, body }) =>
      viewOf(await transact(dependencies.db, (tx) => saveTest(tx, dependencies, actor, { ...params, ...body }))),
  }),
  defineRoute({
    method: "delete",
    path: "/api/flows/:flowId/tests/:testId",
    access: "flows:edit",
    summary: "Delete a test",
    params: flowParams.extend({ testId: uuidSchema }),
    reply: emptySchema,
    handle: async ({ actor, params }) => {
      await transact(dependencies.db, (tx) => removeTest(tx, actor, params));
      return {};
    },
  }),
];

const runRoute = (dependencies: TryRouteDependencies): Route =>
  defineRoute({
    method: "post",
    path: "/api/flows/:flowId/tests/run",
    access: "flows:edit",
    summary: "Run all tests of a flow on a draft; nothing is sent",
    params: flowParams,
    body: api.runFlowTestsSchema,
    reply: api.testResultsSchema,
    handle: async ({ actor, params, body }) => {
      const { db } = dependencies;
      if (!(await findFlow(db, actor.workspaceId, params.flowId))) throw notFound("flow");
      return { items: await runTests(db, dependencies, actor, { ...params, ...body }) };
    },
  });
