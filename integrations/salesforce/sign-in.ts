import { createHash } from "node:crypto";
import { OAuth2 } from "jsforce/lib/core.js";
import { z } from "zod";
import type { OpenConnection } from "../connector.js";
import { ConnectorError } from "../outcome.js";
import { salesforceHosts, type SalesforceConfig, type SalesforceSecret } from "./config.js";
import { unreadable } from "./errors.js";
import { jwtAssertion } from "./jwt.js";
import type { Token } from "./token-cache.js";
import { GuardedTransport } from "./transport.js";

export type SalesforceConnection = OpenConnection<SalesforceConfig, SalesforceSecret>;

/** A token is shared by everyone who waits for it, so it has a deadline of its own and no caller can cancel it. */
const TOKEN_DEADLINE_MS = 15_000;

/** Another secret, user or address under the same connection id is another sign-in. */
export function signInKey({ id, config, secret }: SalesforceConnection): string {
  const { loginUrl, grant, clientId, username } = config;
  const parts = [loginUrl, grant, clientId, username, secret.clientSecret, secret.privateKey];
  return `${id}:${createHash("sha256").update(JSON.stringify(parts)).digest("hex")}`;
}

export function oauthOf(config: SalesforceConfig, transport: GuardedTransport): OAuth2 {
  const oauth = new OAuth2({ loginUrl: origin(config), clientId: config.clientId });
  oauth._transport = transport;
  return oauth;
}

/** Client credentials or JWT bearer; SOAP login and the password grant are on their way out and not offered. */
export async function signIn(connection: SalesforceConnection): Promise<Token> {
  const { http, config } = connection;
  const transport = new GuardedTransport({
    http,
    allowedHosts: salesforceHosts(config),
    signal: new AbortController().signal,
    deadlineMs: TOKEN_DEADLINE_MS,
    purpose: "token",
  });
  const reply: unknown = await oauthOf(config, transport).requestToken(grantOf(connection));
  return readToken(reply, config);
}

interface Grant {
  grant_type: string;
  [name: string]: string;
}

function grantOf({ config, secret }: SalesforceConnection): Grant {
  if (config.grant === "client_credentials")
    return { grant_type: "client_credentials", client_secret: given(secret.clientSecret, "a consumer secret") };
  const username = given(config.username, "a user name");
  const privateKey = given(secret.privateKey, "a private key");
  const claims = { clientId: config.clientId, username, audience: origin(config), privateKey };
  return { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: jwtAssertion(claims, new Date()) };
}

function given(value: string | undefined, what: string): string {
  if (value !== undefined && value !== "") return value;
  throw new ConnectorError({
    outcome: "AUTH",
    code: "credentials_incomplete",
    message: `This way of signing in needs ${what}`,
  });
}

const tokenSchema = z.object({ access_token: z.string().min(1), instance_url: z.url(), id: z.url() });

function readToken(reply: unknown, config: SalesforceConfig): Token {
  const parsed = tokenSchema.safeParse(reply);
  if (!parsed.success) throw unreadable({ writes: false }, "Salesforce's token answer holds no token");
  const { access_token, instance_url, id } = parsed.data;
  // The token may only travel to hosts that somebody entered.
  if (salesforceHosts(config).includes(new URL(instance_url).host))
    return { accessToken: access_token, instanceUrl: new URL(instance_url).origin, identityUrl: id };
  const message = `Salesforce says that this organisation lives at ${instance_url}; enter that as the connection's instance address`;
  throw new ConnectorError({ outcome: "AUTH", code: "instance_not_allowed", message });
}

const origin = (config: SalesforceConfig): string => new URL(config.loginUrl).origin;
