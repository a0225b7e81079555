import type { CreateSystem, Operation, SandboxReply, SandboxRequest, World } from "../system.js";
import { parseBody, type SalesforceCall } from "./call.js";
import { recordEffects } from "./effects.js";
import { ApiFailure, notFound, Unsupported } from "./failure.js";
import { isJson, text } from "./json.js";
import { findRoute, type Found } from "./match-route.js";
import { issueToken, revokeToken } from "./oauth.js";
import { sendOutboundMessages } from "./outbound.js";
import { recordIdIn, recordPage } from "./record-page.js";
import { beginTransaction, createDatabase, type Change } from "./records.js";
import { refusedRequest } from "./refusals.js";
import { ROUTES, type Route } from "./routes.js";
import { createSchema, type Schema } from "./schema.js";
import { seedSalesforce } from "./seed.js";
import { bearerOf, createSessions, type Sessions } from "./session.js";
import { createUsage } from "./usage.js";
import { identity, userInfo } from "./users.js";
import { isOffered, listVersions } from "./versions.js";

const UNSUPPORTED: Operation = { name: "unsupported", writes: false };
const LIMITS = "/limits";

/** Everything outside the versioned API, and the limits, by how it is found. Tokens are issued, not written: asking twice harms nothing. */
const OTHERS = {
  token: { name: "POST /services/oauth2/token", writes: false },
  revoke: { name: "POST /services/oauth2/revoke", writes: true },
  userInfo: { name: "GET /services/oauth2/userinfo", writes: false },
  identity: { name: "GET /id/{organizationId}/{userId}", writes: false },
  versions: { name: "GET /services/data", writes: false },
  limits: { name: `GET ${LIMITS}`, writes: false },
  page: { name: "GET /{recordId}", writes: false },
} satisfies Record<string, Operation>;

type Other = keyof typeof OTHERS;

function nameOf({ method, pattern }: Pick<Route, "method" | "pattern">): string {
  return `${method} ${pattern === "" ? "/" : pattern}`;
}

/** A faithful Salesforce organisation, as far as FIDELITY.md says: My Domain host and API host are one. */
export const createSalesforce: CreateSystem = (world) => {
  const schema = createSchema(world);
  const sessions = createSessions(world);
  const database = createDatabase(world);
  const usage = createUsage();

  const published = (changes: readonly Change[]) => {
    if (changes.length === 0) return;
    recordEffects(world, changes);
    sendOutboundMessages(world, changes);
    world.changed("salesforce");
  };

  const perform = (request: SandboxRequest, target: Target): SandboxReply => {
    const userId = sessions.require(request);
    if (!isOffered(target.version)) notFound();
    refusedRequest(world);
    if (target.path === LIMITS && request.method === "GET") return usage.limits();
    const found = findRoute(ROUTES, request.method, target.path) ?? unsupported(request);
    const records = beginTransaction(database, published);
    const { params } = found;
    const shared = { world, schema, request, params, query: request.query, version: target.version, userId, records };
    const call: SalesforceCall = { ...shared, body: () => parseBody(request) };
    const reply = found.route.handle(call);
    records.commit();
    return reply;
  };

  const others = otherHandlers(world, schema, sessions);

  return {
    name: "salesforce",
    portOffset: 4,
    operations: [...ROUTES.map(nameOf), ...Object.values(OTHERS).map(({ name }) => name)],
    operation: operationOf,
    handle(request) {
      return guarded(() => {
        const other = otherOf(request);
        if (other && other !== "limits") return others[other](request);
        const target = targetOf(request.path);
        if (!target) throw new Unsupported(`${request.method} ${request.path}`);
        return usage.count(guarded(() => perform(request, target)));
      });
    },
    seed: () => seedSalesforce(world, schema),
  };
};

type OtherHandlers = Readonly<Record<Exclude<Other, "limits">, (request: SandboxRequest) => SandboxReply>>;

function otherHandlers(world: World, schema: Schema, sessions: Sessions): OtherHandlers {
  return {
    token: (request) => issueToken(world, sessions, request),
    revoke: (request) => revokeToken(sessions, request),
    userInfo: (request) => userInfo(world, sessions.userOf(bearerOf(request))),
    identity(request) {
      const token = bearerOf(request) || (request.query.get("oauth_token") ?? "");
      return identity(world, sessions.userOf(token), request.path);
    },
    versions: () => listVersions(),
    page: (request) => recordPage(world, schema, recordIdIn(request.path) ?? ""),
  };
}

function unsupported(request: SandboxRequest): never {
  throw new Unsupported(`${request.method} ${request.path}`);
}

function guarded(work: () => SandboxReply): SandboxReply {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiFailure || error instanceof Unsupported) return error.reply;
    throw error;
  }
}

interface Target {
  readonly version: string;
  readonly path: string;
}

function targetOf(path: string): Target | undefined {
  const match = /^\/services\/data\/v(\d+\.\d)(\/.*)?$/.exec(path);
  return match ? { version: match[1] ?? "", path: (match[2] ?? "").replace(/\/$/, "") } : undefined;
}

const FIXED: Readonly<Record<string, Other>> = {
  "POST /services/oauth2/token": "token",
  "POST /services/oauth2/revoke": "revoke",
  "GET /services/oauth2/userinfo": "userInfo",
  "GET /services/data": "versions",
};

function otherOf({ method, path }: SandboxRequest): Other | undefined {
  const fixed = FIXED[`${method} ${path.replace(/\/$/, "")}`];
  if (fixed) return fixed;
  if (method !== "GET") return undefined;
  if (/^\/id\/[^/]+\/[^/]+$/.test(path)) return "identity";
  if (targetOf(path)?.path === LIMITS) return "limits";
  return recordIdIn(path) === undefined ? undefined : "page";
}

function operationOf(request: SandboxRequest): Operation {
  const other = otherOf(request);
  if (other) return OTHERS[other];
  const found = findRoute(ROUTES, request.method, targetOf(request.path)?.path ?? "//");
  if (!found) return UNSUPPORTED;
  const sobject = sobjectOf(request, found);
  return { name: nameOf(found.route), writes: found.route.writes, ...(sobject && { sobject }) };
}

/** For fault rules: the object in the path, in a UI API record, or the first one of a composite that is not our own effect row. */
function sobjectOf(request: SandboxRequest, { route, params }: Found<Route>): string | undefined {
  if (params["sobject"] !== undefined) return params["sobject"];
  if (route.pattern === "/query") return /\bfrom\s+(\w+)/i.exec(request.query.get("q") ?? "")?.[1];
  if (!route.writes) return undefined;
  const body = safeBody(request);
  const parts = Array.isArray(body["compositeRequest"]) ? body["compositeRequest"].filter(isJson) : [];
  const names = parts
    .map(({ url }) => /\/sobjects\/(\w+)/.exec(text(url) ?? "")?.[1])
    .filter((name) => name !== undefined);
  return text(body["apiName"]) ?? names.find((name) => name !== "Loopwright_Effect__c") ?? names[0];
}

function safeBody(request: SandboxRequest) {
  try {
    return parseBody(request);
  } catch {
    // What is wrong with the body is for the handler to say.
    return {};
  }
}
