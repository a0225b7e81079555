import { z } from "zod";
import { uuidSchema } from "../http/common-api.js";
import { defineRoute, type Route } from "../http/route.js";
import type { SessionCookie } from "../members/session-cookie.js";
import { returnToSchema } from "../sign-in-providers/return-to.js";
import { orSayWhy } from "../sign-in-providers/say-why.js";
import * as api from "./oidc-api.js";
import type { OidcService } from "./oidc-service.js";
import type { OidcSignIn } from "./oidc-sign-in.js";

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
  ...providerRoutes(dependencies),
];

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

function providerRoutes({ service }: OidcRouteDependencies): Route[] {
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
  ];
}
