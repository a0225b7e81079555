import type { ServerResponse } from "node:http";
import { httpLoopback, type Loopback, type Received } from "../../../integrations/testing/loopback.js";

/** How a system fails; each tells back whatever it was told, in the forms that systems write it. */
const failures = {
  "400": (echo, response) => answer(response, 400, echo),
  "404": (echo, response) => answer(response, 404, echo),
  "429": (echo, response) => answer(response, 429, echo, { "retry-after": "1" }),
  "500": (echo, response) => answer(response, 500, echo),
  "503 with what it was told in headers": (echo, response, { headers }) =>
    answer(response, 503, echo, { "x-request-id": String(headers.authorization), "sforce-call-id": oneLine(echo) }),
  "200 that is no JSON": (echo, response) =>
    answer(response, 200, `<html>${echo}</html>`, { "content-type": "text/html" }),
  "200 of another form": (echo, response) =>
    answer(response, 200, JSON.stringify({ ok: false, error: echo, errorMessages: [echo], message: echo })),
  "a redirect": (echo, response) =>
    answer(response, 302, "", { location: `http://127.0.0.1:9/?told=${encodeURIComponent(echo)}` }),
  "an end in the middle": (echo, response) => {
    response.writeHead(500, { "content-length": String(echo.length + 1_000) });
    response.write(echo, () => response.destroy());
  },
  "no answer": () => undefined,
  "403": (echo, response) => answer(response, 403, echo),
  "401": (echo, response) => answer(response, 401, echo, { "www-authenticate": oneLine(echo) }),
} as const satisfies Record<string, (echo: string, response: ServerResponse, received: Received) => unknown>;

export type CruelFailure = keyof typeof failures;
export const cruelFailures = Object.keys(failures).filter((name): name is CruelFailure => name in failures);

export interface CruelSystem extends Loopback {
  /** Null: it passes on to the sandbox. */
  failing: CruelFailure | null;
}

/** Stands before a system of the sandbox (or before nothing), and takes the canaries for the credentials that are known there. */
export async function startCruelSystem(
  target: string | null,
  canaries: ReadonlyMap<string, string>,
): Promise<CruelSystem> {
  const system = { failing: null as CruelFailure | null };
  const loopback: Loopback = await httpLoopback(async (received, response) => {
    if (system.failing !== null) {
      failures[system.failing](echoOf(received, canaries), response, received);
      return;
    }
    if (target === null) {
      answer(response, 200, "{}");
      return;
    }
    const passed = await passOn(target, received, canaries);
    const host = new URL(target).host;
    const { status, headers } = passed;
    const text = (await passed.text()).replaceAll(host, loopback.host);
    answer(response, status, text, {
      "content-type": headers.get("content-type") ?? "text/plain",
      ...(headers.has("x-oauth-scopes") && { "x-oauth-scopes": headers.get("x-oauth-scopes") ?? "" }),
    });
  });
  return Object.assign(system, loopback);
}

const oneLine = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, " ").slice(0, 4_000);

function answer(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}

/** What it was told, and every canary in each form that somebody might quote it in. */
function echoOf({ path, headers, body }: Received, canaries: ReadonlyMap<string, string>): string {
  const forms = [...canaries.keys()].flatMap((canary) => {
    const bytes = Buffer.from(canary);
    return [
      canary,
      JSON.stringify(canary),
      encodeURIComponent(canary),
      bytes.toString("base64"),
      bytes.toString("hex"),
    ];
  });
  return [path, JSON.stringify(headers), body, ...forms].join("\n");
}

function passOn(target: string, { method, path, headers, body }: Received, canaries: ReadonlyMap<string, string>) {
  const genuine = (text: string): string => {
    for (const [canary, known] of canaries)
      text = text.replaceAll(canary, known).replaceAll(encodeURIComponent(canary), encodeURIComponent(known));
    return text;
  };
  const { authorization, "content-type": type, accept } = headers;
  return fetch(new URL(path, target), {
    method,
    headers: {
      ...(authorization !== undefined && { authorization: credentials(authorization, genuine) }),
      ...(type !== undefined && { "content-type": type }),
      ...(accept !== undefined && { accept }),
    },
    ...(method !== "GET" && method !== "HEAD" && { body: genuine(body) }),
  });
}

function credentials(header: string, genuine: (text: string) => string): string {
  const basic = /^Basic (.+)$/i.exec(header)?.[1];
  if (basic === undefined) return genuine(header);
  return `Basic ${Buffer.from(genuine(Buffer.from(basic, "base64").toString())).toString("base64")}`;
}
