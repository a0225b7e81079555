import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";
import { flatHeaders } from "../http/headers.js";
import { defineRoute, type Route } from "../http/route.js";
import { KEY_HEADER, startedRunSchema, startRunSchema } from "./start-api.js";
import type { StartService } from "./start-service.js";

export const startRoutes = (starts: StartService): Route[] => [
  defineRoute({
    method: "post",
    path: "/api/flows/:flowId/runs",
    access: "runs:act",
    summary: `Start a flow whose trigger is started by hand or by API. The header ${KEY_HEADER} makes the same start one run.`,
    params: z.object({ flowId: uuidSchema }),
    body: startRunSchema,
    reply: startedRunSchema,
    status: 202,
    handle: ({ actor, params, body, request }) =>
      starts.call(actor, {
        flowId: params.flowId,
        key: flatHeaders(request.headers)[KEY_HEADER.toLowerCase()],
        fields: body.fields,
      }),
  }),
];
