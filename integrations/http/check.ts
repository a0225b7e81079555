import type { ConnectionCheck } from "../connector.js";
import { TransportError } from "../http.js";
import { ConnectorError } from "../outcome.js";
import { fromTransport } from "../transport.js";
import { httpHosts, type HttpConnection } from "./config.js";

const DEADLINE_MS = 15_000;

/** GET on the base address: it shows that the host answers, and 401 or 403 that it refuses the header. */
export async function checkHttp(connection: HttpConnection, signal: AbortSignal): Promise<ConnectionCheck> {
  const { config, secret } = connection;
  const account = secret.headerValue ? `holder of the ${config.headerName} header` : "anyone";
  const status = config.baseUrl ? await ask(connection, config.baseUrl, signal) : null;
  return {
    account,
    target: config.baseUrl ? new URL(config.baseUrl).host : "any public address",
    notes: [
      {
        level: "warning",
        message: "Whether a request arrived can never be looked up: a doubt is sent again or waits, as each step says.",
      },
      ...(status === null ? [] : [{ level: "ok" as const, message: `The base address answered with HTTP ${status}.` }]),
    ],
    facts: {},
  };
}

async function ask({ config, secret, http }: HttpConnection, url: string, signal: AbortSignal): Promise<number> {
  const headers: Record<string, string> = secret.headerValue
    ? { [config.headerName.toLowerCase()]: secret.headerValue }
    : {};
  const request = { method: "GET", url, headers, signal, deadlineMs: DEADLINE_MS, allowedHosts: httpHosts(config) };
  const { status } = await http.send(request).catch((error: unknown) => {
    throw error instanceof TransportError ? fromTransport(error, "read") : error;
  });
  if (status !== 401 && status !== 403) return status;
  throw new ConnectorError({
    outcome: "AUTH",
    code: `http_${status}`,
    message: `The base address refused the header (HTTP ${status}).`,
  });
}
