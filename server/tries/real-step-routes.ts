import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import { doRealStepSchema, realStepSchema } from "./real-step-api.js";
import type { RealStepDependencies } from "./real-step-dependencies.js";
import { doRealStep } from "./real-step.js";

export const realStepRoutes = (dependencies: RealStepDependencies): Route[] => [
  defineRoute({
    method: "post",
    path: "/api/flows/:flowId/real-steps",
    access: "flows:publish",
    summary: "Do one step of the saved draft for real, once a key: a run of its own, with nothing but this step",
    params: z.object({ flowId: uuidSchema }),
    body: doRealStepSchema,
    reply: realStepSchema,
    status: 202,
    handle: ({ actor, params, body }) => doRealStep(dependencies, actor, { ...params, ...body }),
  }),
];
