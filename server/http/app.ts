import compression from "compression";
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from "express";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { notFound } from "../errors.js";
import { apiDocRoutes } from "./api-docs.js";
import { checkRoutes } from "./check-routes.js";
import { editorPages } from "./editor-pages.js";
import { loggable, type Log } from "./log.js";
import { addressOf, mountRoutes, type Authenticate } from "./mount-routes.js";
import { toProblem } from "./problems.js";
import { createRateLimits, type RateLimits } from "./rate-limits.js";
import type { Dialect, Route } from "./route.js";
import { giveNonce, machineHeaders, securityHeaders } from "./security-headers.js";

export interface AppOptions {
  readonly routes: readonly Route[];
  readonly config: {
    readonly publicUrl: string;
    readonly trustedProxies: readonly string[];
    /** Points that one account may use in a minute; 0: no limit. */
    readonly rateLimit: number;
  };
  readonly authenticate: Authenticate;
  /** The built editor; null where this process serves no pages. */
  readonly staticDir: string | null;
  readonly version: string;
  readonly log: Log;
  /** Holds every answer against its schema: for tests. */
  readonly checkReplies?: boolean;
}

/** The whole of HTTP, from the typed list of routes. Throws when the list is not sound (see `checkRoutes`). */
export function createApp({ config, log, ...options }: AppOptions): Express {
  const routes: Route[] = [...options.routes];
  routes.push(...apiDocRoutes(routes, options.version));
  checkRoutes(routes);
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", config.trustedProxies.length > 0 ? [...config.trustedProxies] : false);
  // Answers are not kept by anyone (no-store), so nobody asks whether they changed; pages have tags of their own.
  app.disable("etag");
  const limits = createRateLimits(config.rateLimit);
  const mounting = {
    limits,
    authenticate: options.authenticate,
    publicUrl: config.publicUrl,
    checkReplies: options.checkReplies ?? false,
  };
  app.use(giveRequestId, machineHeaders(config.publicUrl));
  // Machines send by the hundred a second and read no page: they do not wait for what only browsers need.
  mountRoutes(app, { ...mounting, routes: routes.filter(isForMachines) });
  app.use(giveNonce, securityHeaders(config.publicUrl), compression({ filter: mayCompress }));
  app.use("/api", neverCached);
  app.use(["/sign-in", "/api/sign-in"], signInLimit(limits));
  mountRoutes(app, { ...mounting, routes: routes.filter((route) => !isForMachines(route)) });
  if (options.staticDir !== null) app.use(editorPages(options.staticDir));
  app.use(() => {
    throw notFound("address");
  });
  app.use(answerProblem(log));
  return app;
}

const isForMachines = ({ access }: Route): boolean => access === "signed";

const giveRequestId: RequestHandler = (_request, response, next) => {
  const id = uuidv7();
  response.locals["requestId"] = id;
  response.set("x-request-id", id);
  next();
};

const neverCached: RequestHandler = (_request, response, next) => {
  response.set("cache-control", "no-store");
  next();
};

/** A stream's events would wait in the compressor. */
const mayCompress: compression.CompressionFilter = (request, response) =>
  !String(response.getHeader("content-type")).startsWith("text/event-stream") && compression.filter(request, response);

const signInLimit =
  (limits: RateLimits): RequestHandler =>
  async (request, _response, next) => {
    await limits.signIn(addressOf(request));
    next();
  };

const dialectOf = ({ locals }: Response): Dialect | undefined => {
  const { dialect }: { dialect?: Dialect } = locals;
  return dialect;
};

/** Errors are worded and logged here and nowhere else. */
function answerProblem(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const { body, headers, unexpected } = toProblem(error);
    const requestId: unknown = response.locals["requestId"];
    const route: unknown = response.locals["route"];
    if (unexpected)
      log.error({ err: loggable(error), method: request.method, route, requestId }, "A request failed unexpectedly");
    if (response.headersSent) {
      next(error);
      return;
    }
    const dialect = dialectOf(response);
    response
      .status(body.status)
      .set(headers)
      .type(dialect?.mediaType ?? "application/problem+json");
    response.send(JSON.stringify(dialect ? dialect.errorOf(body) : { ...body, requestId }));
  };
}
