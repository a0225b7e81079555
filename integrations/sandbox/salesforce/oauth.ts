import { verify } from "node:crypto";
import type { SandboxReply, SandboxRequest, World } from "../system.js";
import { SALESFORCE_ACCOUNT } from "../sandbox-accounts.js";
import { isJson, text, type Json } from "./json.js";
import type { Sessions } from "./session.js";
import { integrationUser, userNamed } from "./users.js";

/** Belongs to the integration user, as if the web server flow had been gone through once. */
export const REFRESH_TOKEN = "5Aep861sandbox0refresh0token0001";

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

interface Scene {
  readonly world: World;
  readonly sessions: Sessions;
  readonly form: URLSearchParams;
  readonly request: SandboxRequest;
}

type Grant = (scene: Scene) => SandboxReply;

const GRANTS: Readonly<Record<string, Grant>> = {
  client_credentials: clientCredentials,
  [JWT_BEARER]: jwtBearer,
  refresh_token: refresh,
};

/** Source: Salesforce Help, "OAuth 2.0 Client Credentials / JWT Bearer / Refresh Token Flow", "OAuth 2.0 Authorization Errors". */
export function issueToken(world: World, sessions: Sessions, request: SandboxRequest): SandboxReply {
  const form = new URLSearchParams(request.body.toString("utf8"));
  const grant = GRANTS[form.get("grant_type") ?? ""];
  return grant
    ? grant({ world, sessions, form, request })
    : refused("unsupported_grant_type", "grant type not supported");
}

function refused(error: string, description: string): SandboxReply {
  return { status: 400, body: { error, error_description: description } };
}

function clientCredentials(scene: Scene): SandboxReply {
  const wrong = wrongClient(scene);
  return wrong ?? granted(scene, integrationUser(scene.world), { withSignature: true });
}

function wrongClient({ form, request }: Scene): SandboxReply | undefined {
  const basic = Buffer.from((request.headers["authorization"] ?? "").replace(/^Basic /i, ""), "base64").toString(
    "utf8",
  );
  const [basicId, basicSecret] = basic.split(":");
  if ((form.get("client_id") ?? basicId) !== SALESFORCE_ACCOUNT.clientId)
    return refused("invalid_client_id", "client identifier invalid");
  const secret = form.get("client_secret") ?? basicSecret;
  return secret === SALESFORCE_ACCOUNT.clientSecret
    ? undefined
    : refused("invalid_client", "invalid client credentials");
}

/**
 * The signature is checked against the PEM in setting `salesforce.jwtPublicKey`. Without that setting any signature passes: a documented
 * laxity, because the sandbox ships no private key.
 */
function jwtBearer(scene: Scene): SandboxReply {
  const assertion = scene.form.get("assertion") ?? "";
  const claims = claimsOf(assertion);
  if (!claims) return refused("invalid_grant", "invalid assertion");
  if (claims["iss"] !== SALESFORCE_ACCOUNT.clientId) return refused("invalid_client_id", "client identifier invalid");
  const expires = typeof claims["exp"] === "number" ? claims["exp"] * 1_000 : 0;
  // By the machine's clock: the sandbox clock moves the fakes' own timers only, not the clients'.
  if (expires <= Date.now()) return refused("invalid_grant", "expired authorization code");
  if (typeof claims["aud"] !== "string") return refused("invalid_grant", "audience is invalid");
  if (!isSigned(scene.world, assertion)) return refused("invalid_grant", "invalid assertion");
  const user = userNamed(scene.world, text(claims["sub"]) ?? "");
  return user
    ? granted(scene, user, { withSignature: false })
    : refused("invalid_grant", "user hasn't approved this consumer");
}

function claimsOf(assertion: string): Json | undefined {
  const [header, claims] = assertion.split(".").map(decodePart);
  return isJson(header) && header["alg"] === "RS256" && isJson(claims) ? claims : undefined;
}

function decodePart(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    // A signature is not JSON, and a broken assertion has no claims either way.
    return undefined;
  }
}

function isSigned(world: World, assertion: string): boolean {
  const key = world.setting("salesforce.jwtPublicKey");
  if (!key) return true;
  const [header = "", claims = "", signature = ""] = assertion.split(".");
  return verify("RSA-SHA256", Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, "base64url"));
}

function refresh(scene: Scene): SandboxReply {
  if (scene.form.get("client_id") !== SALESFORCE_ACCOUNT.clientId)
    return refused("invalid_client_id", "client identifier invalid");
  if (scene.form.get("refresh_token") !== REFRESH_TOKEN)
    return refused("invalid_grant", "expired access/refresh token");
  return granted(scene, integrationUser(scene.world), { withSignature: true });
}

function granted(
  { world, sessions }: Scene,
  userId: string,
  { withSignature }: { withSignature: boolean },
): SandboxReply {
  const origin = world.baseUrl("salesforce");
  const body = {
    access_token: sessions.issue(userId),
    ...(withSignature && { signature: "c2FuZGJveCBzaWduYXR1cmUgb2YgaWQgYW5kIGlzc3VlZF9hdA==" }),
    scope: "api id",
    instance_url: origin,
    id: `${origin}/id/${SALESFORCE_ACCOUNT.orgId}/${userId}`,
    token_type: "Bearer",
    ...(withSignature && { issued_at: String(world.now()) }),
  };
  return { status: 200, headers: { "Cache-Control": "no-cache, no-store" }, body };
}

export function revokeToken(sessions: Sessions, request: SandboxRequest): SandboxReply {
  const token = new URLSearchParams(request.body.toString("utf8")).get("token") ?? request.query.get("token") ?? "";
  return sessions.revoke(token) ? { status: 200 } : refused("invalid_token", "invalid token");
}
