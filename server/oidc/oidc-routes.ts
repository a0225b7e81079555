import type { Request, Response } from "express";
import { z } from "zod";
import { emptySchema, uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import type { SessionCookie } from "../members/session-cookie.js";
import * as api from "./oidc-api.js";
import { OidcRefusal } from "./oidc-refusal.js";
import type { OidcService } from "./oidc-service.js";
import type { OidcSignIn } from "./oidc-sign-in.js";
import { refusalLanguages, refusalPage, statusOf } from "./refusal-page.js";

export const CALLBACK_PATH = "/sign-in/callback";

export interface OidcRouteDependencies {
  readonly service: OidcService;
  readonly signIn: OidcSignIn;
  readonly cookie: SessionCookie;
  /** Holds the attempt's token. */
  readonly attemptCookie: SessionCookie;
  /** Who they were is not to be believed any more. */
  readonly forget: () => void;
}

/** Sign-in by an OpenID provider: the two addresses of a browser's way, and how admins set it up. */
export const oidcRoutes = (dependencies: OidcRouteDependencies): Route[] => [
  beginRoute(dependencies),
  callbackRoute(dependencies),
  waysRoute(dependencies),
  ...providerRoutes(dependencies),
];

/** A path of our own and nothing else: browsers read `//host` and `/\\host` as another site's. */
const returnToSchema = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\s\\]*$/)
  .catch("/");

function beginRoute({ signIn, attemptCookie }: OidcRouteDependencies): Route {
  return defineRoute({
    method: "get",
    path: "/sign-in/with/:workspaceId",
    access: "public",
    summary: "Sign in by the workspace's OpenID provider: leads there",
    params: z.object({ workspaceId: uuidSchema }),
    query: z.object({ to: returnToSchema.optional() }),
    reply: "stream",
    handle: ({ params, query, request, response }) =>
      orSayWhy({ request, response }, async () => {
        const { url, token } = await signIn.begin(params.workspaceId, query.to ?? "/");
        attemptCookie.set(response, token);
        response.redirect(303, url.href);
      }),
  });
}

function callbackRoute({ signIn, cookie, attemptCookie, forget }: OidcRouteDependencies): Route {
  return defineRoute({
    method: "get",
    path: CALLBACK_PATH,
    access: "public",
    summary: "Where the OpenID provider sends people back to",
    reply: "stream",
    handle: ({ request, response }) =>
      orSayWhy({ request, response }, async () => {
        const { search } = new URL(request.originalUrl, "http://localhost");
        const { session, returnTo } = await signIn.finish({ token: attemptCookie.read(request) ?? null, search });
        // A first sign-in ends what was open before.
        forget();
        attemptCookie.clear(response);
        cookie.set(response, session);
        response.redirect(303, returnTo);
      }),
  });
}

interface Visit {
  readonly request: Request;
  readonly response: Response;
}

/** They came by a link, so they are answered by a page. */
async function orSayWhy({ request, response }: Visit, work: () => Promise<void>): Promise<void> {
  response.set("cache-control", "no-store");
  try {
    await work();
  } catch (error) {
    if (!(error instanceof OidcRefusal)) throw error;
    const language = request.acceptsLanguages(refusalLanguages);
    const page = refusalPage({ language, refusal: error, locals: response.locals });
    response.status(statusOf(error)).type("html").send(page);
  }
}

function waysRoute({ service }: OidcRouteDependencies): Route {
  return defineRoute({
    method: "get",
    path: "/api/ways-to-sign-in",
    access: "public",
    summary: "What the sign-in page offers: passwords, and the OpenID providers by how they call themselves",
    reply: api.signInWaysSchema,
    handle: () => service.ways(),
  });
}

function providerRoutes({ service, forget }: OidcRouteDependencies): Route[] {
  return [
    defineRoute({
      method: "get",
      path: "/api/sign-in-provider",
      access: "members:manage",
      summary: "The OpenID provider that members sign in by; its secret is never answered",
      reply: api.oidcSettingsSchema,
      handle: ({ actor }) => service.find(actor),
    }),
    defineRoute({
      method: "put",
      path: "/api/sign-in-provider",
      access: "members:manage",
      summary: "Set it up or change it; another issuer is asked what it offers",
      body: api.changeOidcProviderSchema,
      reply: api.oidcSettingsSchema,
      handle: ({ actor, body }) => service.save(actor, body),
    }),
    defineRoute({
      method: "delete",
      path: "/api/sign-in-provider",
      access: "members:manage",
      summary: "Take it out; passwords work again",
      reply: api.oidcSettingsSchema,
      handle: ({ actor }) => service.remove(actor),
    }),
    defineRoute({
      method: "delete",
      path: "/api/members/:memberId/provider-link",
      access: "members:manage",
      summary: "Forget which account at the provider is theirs; what they had open ends",
      params: z.object({ memberId: uuidSchema }),
      reply: emptySchema,
      handle: async ({ actor, params: { memberId } }) => {
        await service.unlink(actor, memberId);
        forget();
        return {};
      },
    }),
  ];
}
