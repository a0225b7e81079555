import * as oidc from "openid-client";
import type { HttpClient } from "../../integrations/http.js";
import { isOnThisMachine } from "../members/open-door.js";
import type { AttemptSecrets } from "./oidc-attempts.js";

/** Seconds for one answer of a provider, while somebody waits. */
const DEADLINE_S = 10;

export interface ClientOfProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Reads what the provider says of itself. Throws where it cannot be reached, may not be, or calls itself otherwise. */
export function discover(http: HttpClient, { issuer, clientId, clientSecret }: ClientOfProvider) {
  const url = new URL(issuer);
  return oidc.discovery(url, clientId, clientSecret, authenticating(clientSecret), {
    [oidc.customFetch]: guardedFetch(http),
    timeout: DEADLINE_S,
    // Plain http is for a provider beside us; the guarded client lets nobody reach it unless the configuration names it.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so that it stands out: this is the case that it is for
    execute: [oidc.enableNonRepudiationChecks, ...(isOnThisMachine(url) ? [oidc.allowInsecureRequests] : [])],
  });
}

/** RFC 8414 section 2: basic is what a provider takes that does not say. */
function authenticating(clientSecret: string): oidc.ClientAuth {
  const [basic, post] = [oidc.ClientSecretBasic(clientSecret), oidc.ClientSecretPost(clientSecret)];
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const authenticate = methods.includes("client_secret_basic") ? basic : post;
    authenticate(server, client, body, headers);
  };
}

const guardedFetch =
  (http: HttpClient): oidc.CustomFetch =>
  async (url, { method, headers, body, signal }) => {
    const answer = await http.send({
      ...{ method, url, headers, deadlineMs: DEADLINE_S * 1_000 },
      signal: signal ?? AbortSignal.timeout(DEADLINE_S * 1_000),
      ...(body && { body: textOf(body) }),
    });
    const isBodyless = answer.status === 204 || answer.status === 304;
    return new Response(isBodyless ? null : new Uint8Array(answer.body), {
      status: answer.status,
      headers: answer.headers,
    });
  };

/** Forms and texts are all that the library sends. */
function textOf(body: NonNullable<oidc.FetchBody>): string {
  if (typeof body === "string" || body instanceof URLSearchParams) return body.toString();
  throw new Error("a request to an OpenID provider carries a form");
}

export const SCOPE = "openid email profile";

export async function authorizationUrl(
  configuration: oidc.Configuration,
  { state, nonce, verifier }: AttemptSecrets,
  redirectUri: string,
): Promise<URL> {
  return oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: SCOPE,
    ...{ state, nonce },
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
}

/**
 * What the provider claims of whoever came back to `url`: the token's claims, completed by the userinfo endpoint where they name no
 * address. Both tokens are dropped here. Throws where anything does not fit.
 */
export async function claimsOf(
  configuration: oidc.Configuration,
  url: URL,
  { state, nonce, verifier }: AttemptSecrets,
): Promise<Readonly<Record<string, unknown>>> {
  const tokens = await oidc.authorizationCodeGrant(configuration, url, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
  });
  const claims = tokens.claims();
  if (!claims) throw new Error("a provider gave no id token where one was asked for");
  if (claims["email"] !== undefined || !configuration.serverMetadata().userinfo_endpoint) return claims;
  return { ...(await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims };
}
