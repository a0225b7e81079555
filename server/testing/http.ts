import type { Request } from "express";
import { createApp, type AppOptions } from "../http/app.js";
import type { Log } from "../http/log.js";
import type { Actor, Route } from "../http/route.js";
import { listen } from "../http/server.js";
import { roleSchema } from "../members/member-api.js";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body read as JSON; undefined when it is not. */
  readonly json: unknown;
}

/** Calls the app as one actor; a path begins with "/". Objects are sent as JSON. */
export type Client = (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<Answer>;

export interface TestApp {
  readonly url: string;
  /** Everything that was logged as an error. */
  readonly errors: readonly object[];
  as(actor: Actor): Client;
  readonly anonymous: Client;
  close(): Promise<void>;
}

export type TestAppOptions = Partial<Omit<AppOptions, "routes">> & { readonly routes: readonly Route[] };

/** The real app on a free port. Unless a test brings its own `authenticate`, an actor is whoever the client says. */
export async function startTestApp(options: TestAppOptions): Promise<TestApp> {
  const errors: object[] = [];
  const app = createApp({
    config: { publicUrl: "http://127.0.0.1:4000", trustedProxies: [], rateLimit: 0 },
    authenticate: (request) => Promise.resolve(actorOf(request)),
    staticDir: null,
    version: "0.0.0-test",
    log: collectingLog(errors),
    checkReplies: true,
    ...options,
  });
  const server = await listen(app, { host: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    errors,
    as: (actor) => clientOf(url, { "x-test-actor": JSON.stringify(actor) }),
    anonymous: clientOf(url, {}),
    close: () => server.close(0),
  };
}

export const clientOf =
  (url: string, base: Readonly<Record<string, string>>): Client =>
  async (method, path, body, headers) => {
    const response = await fetch(url + path, {
      method,
      redirect: "manual",
      headers: { ...base, ...(body && { "content-type": "application/json" }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };

export const roles = roleSchema.options;

export function aToken(workspaceId: string, role: Actor["role"] = "admin"): Actor {
  return { kind: "token", id: "00000000-0000-7000-8000-000000000001", workspaceId, role };
}

function actorOf(request: Request): Actor | null {
  const given = request.get("x-test-actor");
  return given === undefined ? null : (JSON.parse(given) as Actor);
}

function collectingLog(errors: object[]): Log {
  const ignore = () => undefined;
  return { info: ignore, warn: ignore, error: (fields: object) => void errors.push(fields) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
