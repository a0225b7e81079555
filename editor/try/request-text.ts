import type { TryEffect } from "../../server/tries/try-api.js";

type Sent = NonNullable<TryEffect["request"]>;

/** As it goes over the wire. */
export function requestText({ method, url, headers, body }: Sent): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${url}`, ...lines, ...(body === null ? [] : ["", body])].join("\n");
}

/** The body for reading: JSON in lines, a form's fields one below the other. */
export function readableBody({ headers, body }: Sent): string | null {
  if (body === null || body === "") return null;
  const type = headers["content-type"] ?? "";
  if (type.includes("x-www-form-urlencoded")) return formLines(body);
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

const formLines = (body: string): string =>
  [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${value}`).join("\n");
