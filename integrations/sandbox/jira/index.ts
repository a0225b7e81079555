import type { CreateSystem, Operation, SandboxReply, SandboxRequest } from "../system.js";
import { authenticate, lacksScope } from "./auth.js";
import { browse } from "./browse.js";
import type { JiraCall } from "./call.js";
import { JiraRefusal, unsupported } from "./reply.js";
import { API_ROUTES, findRoute, WEBHOOK_ROUTES, type Found, type Route } from "./routes.js";
import { seedJira } from "./seed.js";
import { createStore } from "./store.js";
import { createWebhookSender } from "./webhook-sender.js";

const BROWSE: Operation = { name: "GET /browse/{issueKey}", writes: false };
const UNSUPPORTED: Operation = { name: "unsupported", writes: false };

const JIRA_OPERATIONS: readonly string[] = [...new Set([...API_ROUTES, ...WEBHOOK_ROUTES].map(nameOf)), BROWSE.name];

function nameOf(route: Route): string {
  return `${route.method} ${route.pattern}`;
}

/** A faithful Jira Cloud, as far as FIDELITY.md says. Addresses: the site itself, and the gateway's `/ex/jira/{cloudId}`. */
export const createJira: CreateSystem = (world) => {
  const store = createStore(world);
  const webhooks = createWebhookSender(world, store);

  const answer = (request: SandboxRequest, target: Target, found: Found): SandboxReply => {
    const caller = authenticate(world, request, target.cloudId);
    const isPublic = found.route.pattern === "/serverInfo";
    if ("status" in caller && !isPublic) return caller;
    const lacking = found.route.writes ? lacksScope(world, target.cloudId) : undefined;
    if (lacking) return lacking;
    const origin = world.baseUrl("jira") + target.prefix;
    const person = "status" in caller ? ANONYMOUS : caller;
    const call: JiraCall = {
      world,
      store,
      webhooks,
      request,
      params: found.params,
      version: target.version,
      caller: person,
      origin,
    };
    return refusable(() => found.route.handle(call));
  };

  return {
    name: "jira",
    portOffset: 3,
    operations: JIRA_OPERATIONS,
    operation(request) {
      const found = locate(request)?.found;
      if (found) return { name: nameOf(found.route), writes: found.route.writes };
      return issueKeyOf(request) === undefined ? UNSUPPORTED : BROWSE;
    },
    handle(request) {
      const key = issueKeyOf(request);
      if (key !== undefined) return browse(store, key);
      const located = locate(request);
      return located?.found
        ? answer(request, located.target, located.found)
        : unsupported(`${request.method} ${request.path}`);
    },
    seed: () => seedJira(world, store),
  };
};

const ANONYMOUS = {
  accountId: "",
  accountType: "app",
  displayName: "Anonymous",
  email: "",
  token: "",
  guest: true,
} as const;

interface Target {
  readonly cloudId: string | null;
  readonly prefix: string;
  readonly version: 2 | 3;
}

const API = /^(?<prefix>\/ex\/jira\/(?<cloudId>[^/]+))?\/rest\/api\/(?<version>2|3|latest)(?<rest>\/.*)$/;

function locate(request: SandboxRequest): { target: Target; found: Found | undefined } | undefined {
  const match = API.exec(request.path)?.groups;
  if (!match) {
    const target: Target = { cloudId: null, prefix: "", version: 2 };
    return { target, found: findRoute(WEBHOOK_ROUTES, request.method, request.path) };
  }
  const version = match["version"] === "3" ? 3 : 2;
  const target: Target = { cloudId: match["cloudId"] ?? null, prefix: match["prefix"] ?? "", version };
  return { target, found: findRoute(API_ROUTES, request.method, withoutTrailingSlash(match["rest"] ?? "")) };
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

function issueKeyOf({ method, path }: SandboxRequest): string | undefined {
  return method === "GET" ? /^\/browse\/([^/]+)$/.exec(path)?.[1] : undefined;
}

function refusable(handle: () => SandboxReply): SandboxReply {
  try {
    return handle();
  } catch (error) {
    if (error instanceof JiraRefusal) return error.reply;
    throw error;
  }
}
