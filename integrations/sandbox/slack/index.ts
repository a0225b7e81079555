import type { CreateSystem, Operation, SandboxReply, SandboxRequest } from "../system.js";
import { readArgs } from "./arguments.js";
import { authorize } from "./authorize.js";
import { click } from "./click.js";
import type { SlackMethod } from "./method.js";
import { appMethods } from "./methods/apps.js";
import { chatMethods } from "./methods/chat.js";
import { conversationMethods } from "./methods/conversations.js";
import { fileMethods } from "./methods/files.js";
import { historyMethods } from "./methods/history.js";
import { peopleMethods } from "./methods/people.js";
import { reactionMethods } from "./methods/reactions.js";
import { viewMethods } from "./methods/views.js";
import { authorizePage } from "./oauth-page.js";
import { SlackRateLimit } from "./pace.js";
import { SlackRefusal } from "./refusal.js";
import { useResponseUrl } from "./response-urls.js";
import { say, slash } from "./say.js";
import { seedSlack } from "./seed.js";
import { createSocketMode } from "./socket-mode.js";
import { messageId, openSlackState, type SlackState } from "./state.js";
import { dismiss, submit } from "./submit.js";
import { receiveUpload } from "./upload.js";

type Methods = ReadonlyMap<string, SlackMethod>;
type Handler = (state: SlackState, request: SandboxRequest) => SandboxReply;

/** A permalink opens the message on the sandbox's page. */
const permalinkPage: Handler = (state, request) => {
  const [, channel = "", digits = ""] = /^\/archives\/(\w+)\/p(\d+)$/.exec(request.path) ?? [];
  const ts = `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  if (state.messages.get(messageId(channel, ts)) === undefined)
    return { status: 404, body: "There is no such message." };
  return { status: 302, headers: { location: `${state.world.setting("pageUrl") ?? ""}/#slack/${channel}/${ts}` } };
};

/** What is not a Web API method. */
const otherRoutes: readonly { readonly pattern: RegExp; readonly operation: Operation; readonly handle: Handler }[] = [
  {
    pattern: /^GET \/oauth\/v2\/authorize$/,
    operation: { name: "GET /oauth/v2/authorize", writes: false },
    handle: authorizePage,
  },
  {
    pattern: /^POST \/upload\/v1\/[^/]+$/,
    operation: { name: "POST /upload/v1/:id", writes: true },
    handle: receiveUpload,
  },
  {
    pattern: /^POST \/response\/[^/]+$/,
    operation: { name: "POST /response/:token", writes: true },
    handle: useResponseUrl,
  },
  {
    pattern: /^GET \/archives\/\w+\/p\d{7,}$/,
    operation: { name: "GET /archives/:channel/:message", writes: false },
    handle: permalinkPage,
  },
];

const UNSUPPORTED: Operation = { name: "unsupported", writes: false };

const otherRoute = (request: SandboxRequest) => {
  const line = `${request.method} ${request.path}`;
  return otherRoutes.find((route) => route.pattern.test(line));
};

const methodName = (request: SandboxRequest): string => /^\/api\/([\w.]+)$/.exec(request.path)?.[1] ?? "";

const refusalReply = (refusal: SlackRefusal): SandboxReply => {
  if (!(refusal instanceof SlackRateLimit)) return { status: 200, body: refusal.body };
  return { status: 429, headers: { "retry-after": String(refusal.retryAfterSeconds) }, body: refusal.body };
};

const callMethod = (state: SlackState, method: SlackMethod, request: SandboxRequest): SandboxReply => {
  try {
    const args = readArgs(request);
    const token = authorize(state, method, request, args);
    const body = { ok: true, ...method.run({ state, args, token, request }) };
    const scopes = { "x-oauth-scopes": token.scopes.join(","), "x-accepted-oauth-scopes": method.scopes.join(",") };
    return { status: 200, headers: scopes, body };
  } catch (error) {
    if (error instanceof SlackRefusal) return refusalReply(error);
    throw error;
  }
};

const createHandlers = (state: SlackState, methods: Methods) => ({
  operation: (request: SandboxRequest): Operation => {
    const name = methodName(request);
    const method = methods.get(name);
    if (method !== undefined) return { name, writes: method.writes };
    return otherRoute(request)?.operation ?? UNSUPPORTED;
  },
  handle: (request: SandboxRequest, operation: Operation): SandboxReply => {
    const method = methods.get(operation.name);
    if (method !== undefined) return callMethod(state, method, request);
    const route = otherRoute(request);
    if (route === undefined) throw new Error(`No handler for ${operation.name}.`);
    return route.handle(state, request);
  },
});

/** The sandbox's Slack: Web API, uploads, response URLs, installation, Socket Mode, and what people do there. */
export const createSlack: CreateSystem = (world) => {
  const state = openSlackState(world);
  const sockets = createSocketMode(world);
  const parts = { state, sockets };
  const methods: Methods = new Map(
    Object.entries({
      ...chatMethods,
      ...conversationMethods,
      ...historyMethods,
      ...peopleMethods,
      ...viewMethods,
      ...reactionMethods,
      ...fileMethods,
      ...appMethods(sockets),
    }),
  );
  return {
    name: "slack",
    portOffset: 2,
    ...createHandlers(state, methods),
    operations: [...methods.keys(), ...otherRoutes.map((route) => route.operation.name)],
    seed: () => seedSlack(state),
    actions: {
      click: (input) => click(parts, input),
      submit: (input) => submit(parts, input),
      dismiss: (input) => dismiss(parts, input),
      say: (input) => say(parts, input),
      slash: (input) => slash(parts, input),
    },
    upgrade: (request, socket, head) => sockets.upgrade(request, socket, head),
    stop: () => sockets.stop(),
  };
};
