import { z } from "zod";
import type { OpenConnection } from "../connector.js";

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;

/** Both optional: without a connection a request goes to any public address, with nothing secret in it. */
export const httpConfigSchema = z.object({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ title: "Base address", description: "The secret header is only ever sent to this host" }),
  headerName: z
    .string()
    .max(100)
    .regex(HEADER_NAME, "Not a header name")
    .default("Authorization")
    .meta({ title: "Secret header" }),
});
export type HttpConfig = z.output<typeof httpConfigSchema>;

export const httpSecretSchema = z.object({
  headerValue: z
    .string()
    .max(4_000)
    .regex(/^[\t\x20-\x7e]*$/, "Only plain characters on one line")
    .default("")
    .meta({ title: "Its value", description: "For example: Bearer …" }),
});
export type HttpSecret = z.output<typeof httpSecretSchema>;

export type HttpConnection = OpenConnection<HttpConfig, HttpSecret>;

/** Always with the port, so that naming one service does not open the host's others. */
export function httpHosts({ baseUrl }: Pick<HttpConfig, "baseUrl">): readonly string[] {
  if (!baseUrl) return [];
  const url = new URL(baseUrl);
  return [`${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`];
}
