import { defineRoute, type Route } from "../http/route.js";
import { beginRoute, finishRoute, type BrowserKeeps } from "../sign-in-providers/browser-routes.js";
import * as api from "./oidc-api.js";
import type { OidcService } from "./oidc-service.js";
import type { OidcSignIn } from "./oidc-sign-in.js";

export const CALLBACK_PATH = "/sign-in/callback";

export interface OidcRouteDependencies extends BrowserKeeps {
  readonly service: OidcService;
  readonly signIn: OidcSignIn;
}

/** Sign-in by an OpenID provider: the two addresses of a browser's way, and how admins set it up. */
export const oidcRoutes = (dependencies: OidcRouteDependencies): Route[] => [
  beginRoute(
    {
      path: "/sign-in/with/:workspaceId",
      summary: "Sign in by the workspace's OpenID provider: leads there",
      begin: dependencies.signIn.begin,
    },
    dependencies,
  ),
  finishRoute(
    {
      path: CALLBACK_PATH,
      summary: "Where the OpenID provider sends people back to",
      finish: (token, { originalUrl }) =>
        dependencies.signIn.finish({ token, search: new URL(originalUrl, "http://localhost").search }),
    },
    dependencies,
  ),
  ...providerRoutes(dependencies),
];

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
