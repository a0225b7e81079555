import { sandboxUrl } from "./connections/sandbox-use.js";
import type { Route } from "./http/route.js";
import { accountRoutes } from "./members/account-routes.js";
import type { Authenticator } from "./members/authenticate.js";
import { memberAdminRoutes } from "./members/member-admin-routes.js";
import { memberRoutes } from "./members/member-routes.js";
import { createMemberService } from "./members/member-service.js";
import { createAttemptCookie, type SessionCookie } from "./members/session-cookie.js";
import { teamRoutes } from "./members/team-routes.js";
import { tokenRoutes } from "./members/token-routes.js";
import { CALLBACK_PATH, oidcRoutes } from "./oidc/oidc-routes.js";
import { createOidcService } from "./oidc/oidc-service.js";
import { createOidcSignIn } from "./oidc/oidc-sign-in.js";
import { passkeyRoutes } from "./passkeys/passkey-routes.js";
import type { Runtime } from "./runtime.js";
import { samlRoutes } from "./saml/saml-routes.js";
import { createSamlService } from "./saml/saml-service.js";
import { createSamlSignIn } from "./saml/saml-sign-in.js";
import { scimRoutes } from "./scim/scim-routes.js";
import { createScimService } from "./scim/scim-service.js";
import { ATTEMPT_MS } from "./sign-in-providers/attempt.js";
import { providerRoutes } from "./sign-in-providers/provider-routes.js";
import { VERSION } from "./version.js";

export interface SignIn {
  readonly cookie: SessionCookie;
  readonly authenticator: Authenticator;
  /** What members may see changed: pages that are open read everything again. */
  readonly reachChanged: () => void;
}

/** Members, their teams and tokens, what they sign in with, and the directory that provisions them. */
export function accountSide(runtime: Runtime, signIn: SignIn): Route[] {
  const { config, db, vault, members } = runtime;
  const { publicUrl } = config;
  const { forget } = signIn.authenticator;
  const own = { db, vault, members, publicUrl, ...signIn };
  return [
    ...memberRoutes({ ...own, version: VERSION, sandboxUrl: (id) => sandboxUrl(db, config, id) }),
    ...tokenRoutes(own),
    ...accountRoutes({ ...own, now: Date.now }),
    ...passkeyRoutes(own),
    ...memberAdminRoutes({ service: createMemberService(own), forget }),
    ...teamRoutes({ db, forget: signIn.reachChanged }),
    ...signInProviders(runtime, signIn),
    ...scimRoutes({ service: createScimService(own), publicUrl, forget }),
  ];
}

function signInProviders(runtime: Runtime, { cookie, authenticator }: SignIn): Route[] {
  const { publicUrl } = runtime.config;
  const { forget } = authenticator;
  const parts = { ...runtime, publicUrl, redirectUri: publicUrl + CALLBACK_PATH };
  const browser = { publicUrl, cookie, attemptCookie: createAttemptCookie(publicUrl, ATTEMPT_MS), forget };
  return [
    ...oidcRoutes({ ...browser, service: createOidcService(parts), signIn: createOidcSignIn(parts) }),
    ...samlRoutes({ ...browser, service: createSamlService(parts), signIn: createSamlSignIn(parts) }),
    ...providerRoutes({ ...parts, forget }),
  ];
}
