import type { HttpRequest } from "../http.js";
import { ConnectorError } from "../outcome.js";
import type { Intent } from "../transport.js";
import type { RequestInput } from "./request-input.js";
import { httpHosts, type HttpConnection } from "./config.js";

export type Prepared = Pick<HttpRequest, "method" | "url" | "headers" | "allowedHosts"> & { body?: string };

/** Set by HTTP itself or by us; an author's own would break the request or the promise behind it. */
const RESERVED = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "upgrade",
  "te",
  "trailer",
  "expect",
  "proxy-authorization",
  "idempotency-key",
]);
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

export const intentOf = (method: RequestInput["method"]): Intent => (method === "GET" ? "read" : "write");

/** The whole request, or REJECTED: templates are only known once rendered, so they are judged here. */
export function prepare(input: RequestInput, connection: HttpConnection, key: string): Prepared {
  const intent = intentOf(input.method);
  const { config, secret } = connection;
  const body = intent === "read" || input.body === "" ? undefined : input.body;
  const hosts = httpHosts(config);
  return {
    method: input.method,
    url: address(input.url, config.baseUrl),
    headers: {
      ...(body !== undefined && { "content-type": guessType(body) }),
      ...Object.fromEntries(input.headers.map(header)),
      ...(config.baseUrl && secret.headerValue && { [config.headerName.toLowerCase()]: secret.headerValue }),
      ...(intent === "write" && { "idempotency-key": key }),
    },
    ...(hosts.length > 0 && { allowedHosts: hosts }),
    ...(body !== undefined && { body }),
  };
}

function address(text: string, base: string | undefined): string {
  const trimmed = text.trim();
  // Relative to the base as to a folder, whether or not it was written with a slash.
  const folder = base && (base.endsWith("/") ? base : `${base}/`);
  const relative = folder ? trimmed.replace(/^\/(?!\/)/, "") : trimmed;
  if (!URL.canParse(relative, folder)) throw refused("bad_url", "The address is not a complete http(s) address.");
  return new URL(relative, folder).href;
}

function header({ name, value }: RequestInput["headers"][number]): [string, string] {
  const lower = name.trim().toLowerCase();
  if (!HEADER_NAME.test(lower)) throw refused("bad_header", `"${name}" is not a header name.`);
  if (RESERVED.has(lower)) throw refused("bad_header", `The header ${lower} is set by Loopwright itself.`);
  if (!HEADER_VALUE.test(value))
    throw refused("bad_header", `The value of ${lower} must be one line of plain characters.`);
  return [lower, value];
}

function guessType(body: string): string {
  try {
    JSON.parse(body);
    return "application/json";
  } catch {
    return "text/plain; charset=utf-8";
  }
}

const refused = (code: string, message: string): ConnectorError =>
  new ConnectorError({ outcome: "REJECTED", code, message });
