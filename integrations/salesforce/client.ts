import { Connection } from "jsforce/lib/core.js";
import type { HttpMethods } from "jsforce/lib/types/common.js";
import { ConnectorError } from "../outcome.js";
import { salesforceHosts } from "./config.js";
import { classify } from "./errors.js";
import { oauthOf, signIn, signInKey, type SalesforceConnection } from "./sign-in.js";
import { createTokenCache, type Token, type TokenCache } from "./token-cache.js";
import { GuardedTransport, outOfTime } from "./transport.js";

/** One call of ours: it may need several requests, and they share one deadline. */
interface SalesforceCall {
  readonly connection: SalesforceConnection;
  readonly signal: AbortSignal;
  readonly deadlineMs: number;
  readonly aboutToSend?: () => void;
}

/** Paths are relative to the pinned version's root: "/sobjects/Task". Every failure is a ConnectorError. */
export interface SalesforceClient {
  readonly instanceUrl: string;
  readonly identityUrl: string;
  /** "/services/data/v62.0", for the addresses inside a composite request. */
  readonly root: string;
  get(path: string): Promise<unknown>;
  post(path: string, body: object): Promise<unknown>;
  patch(path: string, body: object): Promise<unknown>;
  delete(path: string): Promise<unknown>;
}

const sharedTokens = createTokenCache();

export async function openSalesforce(
  call: SalesforceCall,
  tokens: TokenCache = sharedTokens,
): Promise<SalesforceClient> {
  const { connection, signal, deadlineMs, aboutToSend } = call;
  const allowedHosts = salesforceHosts(connection.config);
  const transport = new GuardedTransport({
    http: connection.http,
    allowedHosts,
    signal,
    deadlineMs,
    purpose: "api",
    aboutToSend,
  });
  const key = signInKey(connection);
  const within = (work: Promise<Token>) => beforeDeadline(work, signal, transport.remaining());
  const token = await within(tokens.get(key, () => signIn(connection)));
  const renew = (refused: string) => within(tokens.renew(key, refused, () => signIn(connection)));
  return clientOf(connect(connection, { token, transport, renew }), token);
}

interface Session {
  readonly token: Token;
  readonly transport: GuardedTransport;
  readonly renew: (refused: string) => Promise<Token>;
}

/** jsforce words a failed refresh anew and drops its type, so the failure is kept aside for `typed`. */
interface SafeConnection {
  readonly conn: Connection;
  readonly refreshFailure: () => unknown;
}

function connect({ config }: SalesforceConnection, { token, transport, renew }: Session): SafeConnection {
  let failure: unknown;
  const conn = new Connection({
    instanceUrl: token.instanceUrl,
    accessToken: token.accessToken,
    version: config.apiVersion,
    oauth2: oauthOf(config, transport),
    refreshFn: (stale, callback) => {
      renew(stale.accessToken ?? "").then(
        (fresh) => void callback(null, fresh.accessToken),
        (error: unknown) => {
          failure = error;
          callback(error instanceof Error ? error : new Error("the session could not be renewed"));
        },
      );
    },
  });
  conn._transport = transport;
  assertSalesforceTransport(conn);
  return { conn, refreshFailure: () => failure };
}

/** Guards upgrades: jsforce's own transport must not see a request. */
export function assertSalesforceTransport(conn: Pick<Connection, "_transport" | "oauth2">): void {
  if (conn._transport instanceof GuardedTransport && conn.oauth2._transport instanceof GuardedTransport) return;
  throw new Error(
    "jsforce is not speaking through GuardedTransport; its own transport can hang and repeats refused requests",
  );
}

function clientOf(safe: SafeConnection, token: Token): SalesforceClient {
  const { conn } = safe;
  const request = async (method: HttpMethods, path: string, body?: object): Promise<unknown> => {
    try {
      return await conn.request({
        method,
        url: path,
        headers: { "content-type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw typed(error, safe.refreshFailure(), method !== "GET");
    }
  };
  return {
    instanceUrl: token.instanceUrl,
    identityUrl: token.identityUrl,
    root: `/services/data/v${conn.version}`,
    get: (path) => request("GET", path),
    post: (path, body) => request("POST", path, body),
    patch: (path, body) => request("PATCH", path, body),
    delete: (path) => request("DELETE", path),
  };
}

/** Errors of our transport are typed already; jsforce itself words only two: a 401 that it will not refresh, and 300. */
function typed(error: unknown, refreshFailure: unknown, writes: boolean): unknown {
  if (refreshFailure !== undefined) return refreshFailure;
  if (!(error instanceof Error) || error instanceof ConnectorError || !("errorCode" in error)) return error;
  const errorCode = String(error.errorCode);
  const status = errorCode === "MULTIPLE_CHOICES" ? 300 : 401;
  const classified = classify([{ errorCode, message: error.message, fields: [] }], { status, writes });
  // The records behind a 300 stand in its body.
  return new ConnectorError({ ...detailsOf(classified), cause: error });
}

const detailsOf = ({ outcome, code, message, fields }: ConnectorError) => ({ outcome, code, message, fields });

/** Waits for shared work no longer than this call may last; the work itself goes on for the others. */
async function beforeDeadline<T>(work: Promise<T>, signal: AbortSignal, ms: number): Promise<T> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, ms))]);
  const giveUp = new Promise<never>((_, reject) => {
    limit.addEventListener("abort", () => reject(outOfTime()), { once: true });
    if (limit.aborted) reject(outOfTime());
  });
  return Promise.race([work, giveUp]);
}
