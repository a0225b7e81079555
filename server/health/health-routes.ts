import type { Request } from "express";
import type { Registry } from "prom-client";
import { unauthorized } from "../errors.js";
import { isFromThisMachine } from "../http/from-this-machine.js";
import type { Authenticate } from "../http/mount-routes.js";
import { defineRoute, type Route } from "../http/route.js";
import { mayDo } from "../members/authorize.js";
import { healthSchema } from "./health-api.js";
import { createHealthReader, part, type HealthDependencies } from "./health.js";

export interface HealthRouteDependencies extends HealthDependencies {
  readonly metrics: Registry;
  readonly authenticate: Authenticate;
}

export function healthRoutes(dependencies: HealthRouteDependencies): Route[] {
  const { metrics, authenticate } = dependencies;
  const health = createHealthReader(dependencies);
  return [
    defineRoute({
      method: "get",
      path: "/api/health",
      access: "public",
      summary:
        "Whether everything that Loopwright needs is there; its processes are told to this machine and to members",
      reply: healthSchema,
      handle: async ({ request }) => {
        const [state, isKnown] = await Promise.all([health.state(), isKnownCaller(request, dependencies)]);
        return { ...state, processes: isKnown ? await health.processes() : [] };
      },
    }),
    defineRoute({
      method: "get",
      path: "/metrics",
      access: "public",
      summary: "Metrics for Prometheus: from this machine, or with an API token that may read settings",
      reply: "stream",
      handle: async ({ request, response }) => {
        if (!(await mayReadMetrics(request, authenticate))) throw unauthorized(request.get("authorization"));
        response.type(metrics.contentType).send(await metrics.metrics());
      },
    }),
  ];
}

/** While the database is away nobody is known by a token or a session: the state is told all the same. */
async function isKnownCaller(request: Request, { authenticate, log }: HealthRouteDependencies): Promise<boolean> {
  if (isFromThisMachine(request)) return true;
  const { value } = await part(log, "database", () => authenticate(request));
  return value !== null;
}

async function mayReadMetrics(request: Request, authenticate: Authenticate): Promise<boolean> {
  if (isFromThisMachine(request)) return true;
  const actor = await authenticate(request);
  return actor !== null && mayDo(actor, "settings:read");
}
