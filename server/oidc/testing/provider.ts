import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, decodeJwt, type JWTPayload } from "jose";
import Provider, { type Configuration } from "oidc-provider";

export const CLIENT = { id: "loopwright", secret: "a secret of some length, for the tests" } as const;

const MINUTE_S = 60;

/** Somebody with an account at the provider; who they are may change between sign-ins. */
export interface Person {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
}

/** A real OpenID provider (oidc-provider), and what a hostile or broken one would do. */
export interface TestProvider {
  readonly issuer: string;
  /** `host:port`, for the guarded client. */
  readonly host: string;
  /** Who signs in there next; null: they press Cancel. */
  person: Person | null;
  /** Changes what it is asked before it reads it: as a page in between might. */
  onAuthorize: (query: URLSearchParams) => void;
  /** Signs the token anew with these claims; `foreignKey`: with a key that is not the provider's. */
  forge: { readonly claims: JWTPayload; readonly foreignKey?: boolean } | null;
  /** How the client proved itself at the token endpoint, newest last. */
  readonly authorizations: (string | undefined)[];
  close(): Promise<void>;
}

export async function startTestProvider(redirectUri: string): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port answers its address as an object.
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = await generateKeyPair("RS256", { extractable: true });
  const others = await generateKeyPair("RS256");
  const test: TestProvider = {
    issuer: `http://${host}`,
    host,
    person: null,
    onAuthorize: () => undefined,
    forge: null,
    authorizations: [],
    close: () => closed(server),
  };
  const jwk = { ...(await exportJWK(keys.privateKey)), kid: "test", use: "sig", alg: "RS256" };
  const provider = new Provider(test.issuer, configurationOf(test, { redirectUri, jwk }));
  const sign = async (token: string): Promise<string> => {
    const { claims, foreignKey = false } = test.forge ?? { claims: {} };
    const signer = new SignJWT({ ...decodeJwt(token), ...claims }).setProtectedHeader({ alg: "RS256", kid: "test" });
    return signer.sign(foreignKey ? others.privateKey : keys.privateKey);
  };
  server.on("request", answering(provider, test, sign));
  return test;
}

interface Given {
  readonly redirectUri: string;
  readonly jwk: object;
}

function configurationOf(test: TestProvider, { redirectUri, jwk }: Given): Configuration {
  return {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri] }],
    jwks: { keys: [jwk] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: ["for the tests"] },
    ttl: { AccessToken: MINUTE_S, Grant: MINUTE_S, IdToken: MINUTE_S, Interaction: MINUTE_S, Session: MINUTE_S },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...test.person, sub }) }),
    // Nobody is asked for consent: the provider's own admin has given it for everybody.
    loadExistingGrant: async (context) => {
      const { oidc } = context;
      const grant = new oidc.provider.Grant({
        ...(oidc.client && { clientId: oidc.client.clientId }),
        ...(oidc.session?.accountId !== undefined && { accountId: oidc.session.accountId }),
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  };
}

type Sign = (token: string) => Promise<string>;

function answering(provider: Provider, test: TestProvider, sign: Sign): RequestListener {
  const own = provider.callback();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", test.issuer);
    if (url.pathname.startsWith("/interaction/")) return interact(provider, test, { request, response });
    if (url.pathname === "/auth") {
      test.onAuthorize(url.searchParams);
      request.url = url.pathname + url.search;
    }
    if (url.pathname === "/token") {
      test.authorizations.push(request.headers.authorization);
      if (test.forge) forging(response, sign);
    }
    await own(request, response);
  };
  return (request, response) => void answer(request, response);
}

async function interact(
  provider: Provider,
  { person }: TestProvider,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const result = person
    ? { login: { accountId: person.sub, remember: false } }
    : { error: "access_denied", error_description: "Cancelled by the person" };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

/** The token endpoint's answer is written once, as a whole. */
function forging(response: ServerResponse, sign: Sign): void {
  const end = response.end.bind(response);
  response.end = (body?: unknown) => {
    void forged(String(body), sign).then((text) => {
      response.setHeader("content-length", Buffer.byteLength(text));
      end(text);
    });
    return response;
  };
}

async function forged(body: string, sign: Sign): Promise<string> {
  const answer = JSON.parse(body) as { id_token?: string };
  return answer.id_token === undefined ? body : JSON.stringify({ ...answer, id_token: await sign(answer.id_token) });
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
