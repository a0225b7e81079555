import { defineRoute, type Route } from "../http/route.js";
import { beginRoute, finishRoute, type BrowserKeeps } from "../sign-in-providers/browser-routes.js";
import { orSayWhy } from "../sign-in-providers/say-why.js";
import { ACS_PATH, FETCH_PATH, METADATA_PATH, ownAddresses } from "./saml-addresses.js";
import * as api from "./saml-api.js";
import type { SamlService } from "./saml-service.js";
import type { SamlSignIn } from "./saml-sign-in.js";
import { spMetadata } from "./sp-metadata.js";

export interface SamlRouteDependencies extends BrowserKeeps {
  readonly service: SamlService;
  readonly signIn: SamlSignIn;
  readonly publicUrl: string;
}

/** Sign-in by a SAML provider: a browser's way there and back, what providers read of us, and how admins set it up. */
export const samlRoutes = (dependencies: SamlRouteDependencies): Route[] => [
  beginRoute(
    {
      path: "/sign-in/saml/with/:workspaceId",
      summary: "Sign in by the workspace's SAML provider: leads there",
      begin: dependencies.signIn.begin,
    },
    dependencies,
  ),
  answerRoute(dependencies),
  finishRoute(
    {
      path: FETCH_PATH,
      summary: "Where a browser fetches what the SAML provider answered to the attempt that it began",
      finish: (token) => dependencies.signIn.finish(token),
    },
    dependencies,
  ),
  metadataRoute(dependencies),
  ...settingsRoutes(dependencies),
];

/**
 * The one form that another site's page may post. No cookie of ours comes with it (they are SameSite=Lax), and it is believed for its
 * signature alone. It changes nothing but the attempt that it answers; a redirect to the next step has the browser ask again by GET,
 * with which the attempt's cookie comes. A cookie with SameSite=None would work over https only, and would come along everywhere.
 */
function answerRoute({ signIn }: SamlRouteDependencies): Route {
  return defineRoute({
    method: "post",
    path: ACS_PATH,
    access: "public",
    summary: "Where the SAML provider's page posts its answer (assertion consumer service)",
    form: true,
    body: api.samlAnswerSchema,
    reply: "stream",
    handle: ({ body, request, response }) =>
      orSayWhy({ request, response }, async () => {
        await signIn.answered(body);
        response.redirect(303, FETCH_PATH);
      }),
  });
}

function metadataRoute({ publicUrl }: SamlRouteDependencies): Route {
  return defineRoute({
    method: "get",
    path: METADATA_PATH,
    access: "public",
    summary: "What a SAML provider has to know of Loopwright, as XML",
    reply: "stream",
    handle: ({ response }) => {
      response.type("application/samlmetadata+xml").send(spMetadata(ownAddresses(publicUrl)));
    },
  });
}

function settingsRoutes({ service }: SamlRouteDependencies): Route[] {
  const path = "/api/saml-provider";
  return [
    defineRoute({
      ...{ method: "get", path, access: "members:manage", reply: api.samlSettingsSchema },
      summary: "The SAML provider that members sign in by, and what it has to know of Loopwright",
      handle: ({ actor }) => service.find(actor),
    }),
    defineRoute({
      ...{ method: "put", path, access: "members:manage", reply: api.samlSettingsSchema },
      summary: "Set it up or change it: by its metadata, or by entity id, address and certificates",
      body: api.changeSamlProviderSchema,
      handle: ({ actor, body }) => service.save(actor, body),
    }),
    defineRoute({
      ...{ method: "delete", path, access: "members:manage", reply: api.samlSettingsSchema },
      summary: "Take it out; passwords work again",
      handle: ({ actor }) => service.remove(actor),
    }),
  ];
}
