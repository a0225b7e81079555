import type { Express, Request, RequestHandler } from "express";
import { DomainError, unauthorized } from "../errors.js";
import { authorize, type Resource } from "../members/authorize.js";
import { asking } from "./asking.js";
import { readForm } from "./form-body.js";
import { readJsonBody } from "./json-body.js";
import type { RateLimits } from "./rate-limits.js";
import type { Access, Actor, Route } from "./route.js";
import { refuseForeignOrigin } from "./same-origin.js";

/** Null when nobody known asks. */
export type Authenticate = (request: Request) => Promise<Actor | null>;

export interface MountOptions {
  readonly routes: readonly Route[];
  readonly authenticate: Authenticate;
  readonly publicUrl: string;
  readonly limits: RateLimits;
  /** Tests hold every answer against its schema. */
  readonly checkReplies: boolean;
}

export function mountRoutes(app: Express, options: MountOptions): void {
  for (const route of options.routes) app[route.method](route.path, answer(route, options));
  for (const path of new Set(options.routes.map((route) => route.path)))
    app.all(path, refuseMethod(path, options.routes));
}

function answer(route: Route, options: MountOptions): RequestHandler {
  return async (request, response) => {
    response.locals["route"] = route.path;
    response.locals["dialect"] = route.dialect;
    const actor = await admit(route, request, options);
    const body = await readBody(route, request);
    const { params, query } = request;
    const handle = () => route.handle({ params, query, body, actor, request, response });
    const reply = await (isOpen(route.access) ? handle() : asking.run({ actor, route: route.path, params }, handle));
    if (route.reply === "stream") return;
    if (options.checkReplies) route.reply.parse(reply);
    response
      .status(route.status ?? 200)
      .type(route.dialect?.mediaType ?? "application/json")
      .json(reply);
  };
}

async function readBody({ access, form, dialect }: Route, request: Request): Promise<unknown> {
  // A signed body belongs to its handler: the signature is over its bytes.
  if (access === "signed") return undefined;
  return form ? readForm(request) : readJsonBody(request, dialect?.mediaType);
}

/** Its actor is nobody. */
const isOpen = (access: Access): access is "public" | "signed" => access === "public" || access === "signed";

async function admit(
  route: Route,
  request: Request,
  { authenticate, publicUrl, limits }: MountOptions,
): Promise<Actor> {
  if (isOpen(route.access)) return nobody;
  const actor = await authenticate(request);
  if (!actor) {
    await limits.refused(addressOf(request));
    throw unauthorized(request.get("authorization"));
  }
  if (actor.kind === "member") refuseForeignOrigin(request, publicUrl);
  await limits.take(actor, route);
  if (route.access === "member") return actor;
  authorize(actor, route.access);
  for (const resource of namedIn(request)) authorize(actor, route.access, resource);
  return actor;
}

/** Of who asks, as far as the proxies that are believed say; a connection that broke has none. */
export const addressOf = ({ ip }: Request): string => ip ?? "";

/** An address names things by these parameters and no others. */
const named = { flowId: "flow", sourceId: "source", connectionId: "connection" } as const;

const namedIn = ({ params }: Request): Resource[] =>
  Object.entries(named).flatMap(([name, kind]) => {
    const id = params[name];
    return typeof id === "string" ? [{ kind, id }] : [];
  });

function refuseMethod(path: string, routes: readonly Route[]): RequestHandler {
  const methods = routes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
  const allow = methods.join(", ");
  return ({ method }) => {
    const message = `${method} is not possible here; ${allow} is.`;
    throw new DomainError({ status: 405, code: "method_not_allowed", message, headers: { allow } });
  };
}

const noActor = (): never => {
  throw new Error("public and signed routes have no actor");
};

/** Asking who it is on a route that admits everyone is a mistake, and must not read as "nobody in no workspace". */
const nobody: Actor = {
  get kind() {
    return noActor();
  },
  get id() {
    return noActor();
  },
  get workspaceId() {
    return noActor();
  },
  get role() {
    return noActor();
  },
};
