import type { Request } from "express";
import ipaddr from "ipaddr.js";
import type { Registry } from "prom-client";
import { unauthorized } from "../errors.js";
import type { Authenticate } from "../http/mount-routes.js";
import { defineRoute, type Route } from "../http/route.js";
import { may } from "../members/permissions.js";
import { healthSchema } from "./health-api.js";
import { readHealth, type HealthDependencies } from "./health.js";

export interface HealthRouteDependencies extends HealthDependencies {
  readonly metrics: Registry;
  readonly authenticate: Authenticate;
}

export const healthRoutes = (dependencies: HealthRouteDependencies): Route[] => [
  defineRoute({
    method: "get",
    path: "/api/health",
    access: "public",
    summary: "Whether everything that Loopwright needs is there",
    reply: healthSchema,
    handle: () => readHealth(dependencies),
  }),
  defineRoute({
    method: "get",
    path: "/metrics",
    access: "public",
    summary: "Metrics for Prometheus: from this machine, or with an API token that may read settings",
    reply: "stream",
    handle: async ({ request, response }) => {
      if (!(await mayRead(request, dependencies.authenticate))) throw unauthorized();
      response.type(dependencies.metrics.contentType).send(await dependencies.metrics.metrics());
    },
  }),
];

async function mayRead(request: Request, authenticate: Authenticate): Promise<boolean> {
  if (isFromThisMachine(request)) return true;
  const actor = await authenticate(request);
  return actor !== null && may(actor.role, "settings:read");
}

/** Not by way of a proxy on this machine, which would lend its address to everybody. */
function isFromThisMachine({ socket, headers }: Request): boolean {
  const address = socket.remoteAddress;
  if (address === undefined || headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined)
    return false;
  return ipaddr.process(address).range() === "loopback";
}
