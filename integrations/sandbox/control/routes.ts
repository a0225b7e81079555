import type { IncomingMessage, ServerResponse } from "node:http";
import { z, ZodError } from "zod";
import { readBody, sendReply } from "../core/exchange.js";
import { parseFaultRule } from "../faults/register.js";
import type { SandboxReply } from "../system.js";
import type { ControlParts } from "./parts.js";
import { performPageRequest } from "./page-request.js";
import { publicState } from "./redact.js";
import { pageFile } from "./static-files.js";

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly input: unknown;
  readonly parts: ControlParts;
}

type Route = (call: Call, name: string) => Promise<SandboxReply> | SandboxReply;

const ok = (body: object): SandboxReply => ({ status: 200, body, headers: { "cache-control": "no-store" } });
const problem = (status: number, error: string): SandboxReply => ({ status, body: { ok: false, error } });

const advanceSchema = z.strictObject({ advanceMs: z.number().nonnegative() });
const settingsSchema = z.record(z.string(), z.string());

const addFault: Route = ({ input, parts }) => ok({ id: parts.faults.add(parseFaultRule(input)) });
const clearFaults: Route = ({ parts }) => {
  parts.faults.clear();
  return ok({ ok: true });
};
const removeFault: Route = ({ parts }, name) =>
  parts.faults.remove(name) ? ok({ ok: true }) : problem(404, `There is no fault ${name}.`);

const moveClock: Route = async ({ input, parts }) => {
  await parts.clock.advance(advanceSchema.parse(input).advanceMs);
  return ok({ ok: true, now: parts.clock.now() });
};
const changeSettings: Route = ({ input, parts }) => {
  for (const [name, value] of Object.entries(settingsSchema.parse(input))) parts.settings.set(name, value);
  return ok({ ok: true });
};
const act: Route = async ({ input, parts }, name) => {
  const action = parts.action(name);
  return action === undefined ? problem(404, `There is no control called ${name}.`) : action(input);
};

const exactRoutes: Record<string, Route> = {
  "GET /control/effects": ({ query, parts }) => ok(parts.effects.report(query.get("key") ?? undefined)),
  "GET /control/log": ({ parts }) => ok(parts.log.all()),
  "GET /control/state": ({ parts }) => ok(publicState(parts.store.dump())),
  "GET /control/info": ({ parts }) => ok(parts.info()),
  "GET /control/faults": ({ parts }) => ok(parts.faults.list()),
  "POST /control/faults": addFault,
  "DELETE /control/faults": clearFaults,
  "POST /control/clock": moveClock,
  "POST /control/settings": changeSettings,
  "POST /control/request": async ({ input, parts }) => ok(await performPageRequest(input, parts.baseUrl)),
  "POST /control/reset": ({ parts }) => {
    parts.reset();
    return ok({ ok: true });
  },
  "POST /control/seed": ({ parts }) => {
    parts.seed();
    return ok({ ok: true });
  },
};

const findRoute = ({ method, path }: Call): [Route, string] | undefined => {
  const exact = exactRoutes[`${method} ${path}`];
  if (exact !== undefined) return [exact, ""];
  const fault = /^\/control\/faults\/([\w-]+)$/.exec(path)?.[1];
  if (method === "DELETE" && fault !== undefined) return [removeFault, fault];
  const action = /^\/control\/([\w-]+(?:\/[\w-]+)?)$/.exec(path)?.[1];
  return method === "POST" && action !== undefined ? [act, action] : undefined;
};

const parseInput = (bytes: Buffer): unknown => (bytes.length === 0 ? {} : JSON.parse(bytes.toString("utf8")));

/** Only our own page and tools without an origin may steer: another site in the same browser may not. */
const isForeign = (message: IncomingMessage): boolean => {
  const { origin, host } = message.headers;
  const hostIsLocal = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host ?? "");
  return !hostIsLocal || (origin !== undefined && origin !== `http://${host}`);
};

const explain = (error: unknown): SandboxReply => {
  if (error instanceof ZodError) return problem(400, z.prettifyError(error));
  return problem(400, error instanceof Error ? error.message : String(error));
};

const reply = async (message: IncomingMessage, parts: ControlParts): Promise<SandboxReply> => {
  const url = new URL(message.url ?? "/", "http://sandbox");
  const method = message.method ?? "GET";
  const input = parseInput(await readBody(message));
  const call: Call = { method, path: url.pathname, query: url.searchParams, input, parts };
  const route = findRoute(call);
  if (route !== undefined) return route[0](call, route[1]);
  const file = method === "GET" ? await pageFile(url.pathname) : undefined;
  return file ?? problem(404, `There is nothing at ${method} ${url.pathname}.`);
};

/** The page's port: static files, and what people and tests steer the sandbox with. */
export const controlListener =
  (parts: ControlParts) =>
  async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      if (isForeign(message)) {
        sendReply(response, problem(403, "Only the sandbox's own page may do this."));
        return;
      }
      if (message.method === "GET" && message.url === "/control/events") {
        parts.events.join(response);
        return;
      }
      sendReply(response, await reply(message, parts));
    } catch (error) {
      sendReply(response, explain(error));
    }
  };
