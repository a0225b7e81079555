import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { auditListSchema, chainSchema } from "../../server/audit/audit-api.js";
import { approvalListSchema } from "../../server/approvals/approval-api.js";
import { connectionListSchema, connectorListSchema, optionsSchema } from "../../server/connections/connection-api.js";
import { feedbackListSchema } from "../../server/feedback/feedback-api.js";
import {
  catalogueSchema,
  flowCheckSchema,
  flowDetailSchema,
  flowListSchema,
  savedDraftSchema,
} from "../../server/flows/flow-api.js";
import { drawnVersionSchema, flowVersionListSchema } from "../../server/flows/version-api.js";
import type { ApiProblem } from "../../server/http/common-api.js";
import { meSchema } from "../../server/members/member-api.js";
import { createdTokenSchema, tokenListSchema } from "../../server/members/token-api.js";
import { runDetailSchema } from "../../server/runs/run-api.js";
import { searchStateSchema } from "../../server/search/search-api.js";
import { settingsReplySchema } from "../../server/settings/settings-api.js";
import { quarantineListSchema } from "../../server/ingest/quarantine-api.js";
import { sourceListSchema, sourceSchema } from "../../server/sources/source-api.js";
import { peopleRoutes } from "./fake-people.js";
import { privacyRoutes } from "./fake-privacy.js";
import { presenceRoutes } from "./fake-presence.js";
import { runListRoutes } from "./fake-run-list.js";
import { tryRoutes } from "./fake-tries.js";
import { oversightRoutes } from "./fake-oversight.js";
import { get } from "./fake-route.js";
import type { Route } from "./fake-route.js";
import { auditChain, auditEvents } from "./fixtures/audit.js";
import { catalogue } from "./fixtures/catalogue.js";
import { connections, connectors, options } from "./fixtures/connections.js";
import { checks, flows } from "./fixtures/flows.js";
import {
  approvals,
  employeeFeedback,
  feedback,
  me,
  quarantine,
  settings,
  sources,
  tokens,
  withheld,
} from "./fixtures/lists.js";
import { runDetail } from "./fixtures/runs.js";
import { versionsOf } from "./fixtures/versions.js";
import { problem } from "./refusal.js";

export type Scenario = "full" | "empty" | "error" | "signedOut";

const matching = (query: URLSearchParams, name: string, value: string) => (query.get(name) ?? value) === value;

let revision = 7;

const routes: readonly Route[] = [
  ...peopleRoutes,
  ...privacyRoutes,
  ...oversightRoutes,
  ...presenceRoutes,
  get(/^me$/, meSchema, () => me),
  get(/^flows$/, flowListSchema, ({ items }) => ({ items: items(flows) })),
  get(/^flows\/([^/]+)$/, flowDetailSchema, ({ params: [flowId] }) => flows.find((flow) => flow.id === flowId)),
  get(/^flows\/([^/]+)\/versions$/, flowVersionListSchema, ({ params: [flowId] }) => ({
    items: versionsOf(flowId ?? ""),
  })),
  get(/^flows\/([^/]+)\/versions\/([^/]+)$/, drawnVersionSchema, ({ params: [flowId, versionId] }) =>
    versionsOf(flowId ?? "").find((version) => version.id === versionId),
  ),
  ...tryRoutes,
  get(/^catalogue$/, catalogueSchema, () => catalogue),
  ...runListRoutes,
  get(/^runs\/([^/]+)$/, runDetailSchema, ({ params: [runId] }) => runDetail(runId ?? "")),
  get(/^connectors$/, connectorListSchema, () => connectors),
  get(/^connections$/, connectionListSchema, ({ items }) => ({ items: items(connections) })),
  get(/^connections\/[^/]+\/options\/(\w+)$/, optionsSchema, ({ params: [name], query }) => ({
    items: (options[name ?? ""] ?? []).filter(({ label }) => label.includes(query.get("q") ?? "")),
  })),
  get(/^sources$/, sourceListSchema, ({ items }) => ({ items: items(sources) })),
  get(/^sources\/([^/]+)$/, sourceSchema, ({ params: [sourceId] }) => sources.find((source) => source.id === sourceId)),
  get(/^quarantine$/, quarantineListSchema, ({ items }) => ({ items: items(quarantine), next: null })),
  get(/^feedback$/, feedbackListSchema, ({ items, query }) => ({
    items: items([...feedback, ...employeeFeedback]).filter(({ comment }) =>
      (comment ?? "").includes(query.get("words") ?? ""),
    ),
    next: null,
    withheld: items(withheld),
  })),
  get(/^feedback\/search$/, searchStateSchema, () => ({ state: "on" })),
  { method: "PUT", path: /^feedback\/search$/, schema: searchStateSchema, answer: () => ({ state: "clearing" }) },
  get(/^audit$/, auditListSchema, ({ query, items }) => ({
    items: items(auditEvents).filter(({ action }) => matching(query, "action", action)),
    next: null,
  })),
  get(/^audit\/chain$/, chainSchema, () => auditChain),
  get(/^approvals$/, approvalListSchema, ({ query, items }) => ({
    items: items(approvals).filter(({ state }) => matching(query, "state", state)),
    next: null,
  })),
  get(/^tokens$/, tokenListSchema, ({ items }) => ({ items: items(tokens) })),
  {
    method: "POST",
    path: /^tokens$/,
    schema: createdTokenSchema,
    answer: () => ({ ...tokens[0], token: "lwt_8Jx0vYlq2mZkT5rWcN7hBfEoUa1dGs9PiQ4yLn6tXwM" }),
  },
  get(/^settings$/, settingsReplySchema, () => settings),
  {
    method: "POST",
    path: /^flows\/([^/]+)\/check$/,
    schema: flowCheckSchema,
    answer: ({ params: [flowId] }) => ({
      ...{ problems: [], warnings: [], fourEyes: "off" },
      ...checks[flowId ?? ""],
    }),
  },
  {
    method: "PUT",
    path: /^flows\/[^/]+\/draft$/,
    schema: savedDraftSchema,
    answer: () => ({ revision: (revision += 1), savedAt: new Date().toISOString() }),
  },
];

const missing = {
  type: "about:blank",
  title: "Not found",
  status: 404,
  code: "not_found",
  detail: "There is no such thing.",
};
const failing = {
  type: "about:blank",
  title: "The database is away",
  status: 503,
  code: "database_away",
  detail: "Loopwright cannot reach its database right now. What was received is safe; try again in a moment.",
};

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": status < 400 ? "application/json" : "application/problem+json" });
  response.end(JSON.stringify(body));
}

function refusedIn(scenario: Scenario, path: string): ApiProblem | null {
  if (path === "ways-to-sign-in") return null;
  if (scenario === "signedOut") return problem(401, "unauthorized");
  return scenario === "error" && path !== "me" ? failing : null;
}

async function answerApi(request: IncomingMessage, response: ServerResponse, scenario: Scenario): Promise<void> {
  const url = new URL(request.url ?? "/", "http://fake");
  const path = url.pathname.slice("/api/".length);
  if (path === "live") {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": open\n\n");
    return;
  }
  const refused = refusedIn(scenario, path);
  if (refused) {
    send(response, refused.status, refused);
    return;
  }
  const route = routes.find((one) => one.method === request.method && one.path.test(path));
  const sent = await text(request);
  const answer = route?.answer({
    body: sent === "" ? null : JSON.parse(sent),
    query: url.searchParams,
    params: route.path.exec(path)?.slice(1) ?? [],
    items: (all) => (scenario === "empty" ? [] : [...all]),
  });
  // What the editor is shown here is exactly what the API may answer.
  if (route && answer !== undefined) send(response, 200, route.schema.parse(answer));
  else send(response, 404, missing);
}

const built = fileURLToPath(new URL("../../dist/editor", import.meta.url));
const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** The policy that the product sends: style elements by nonce only, no evaluation, nothing from elsewhere. */
const policy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types default",
  ].join("; ");

async function answerFile(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = normalize(new URL(request.url ?? "/", "http://fake").pathname);
  const type = types[extname(path)];
  if (type !== undefined) {
    const file = await readFile(join(built, path)).catch(() => null);
    response.writeHead(file ? 200 : 404, { "content-type": type, etag: createHash("sha1").update(path).digest("hex") });
    response.end(file);
    return;
  }
  const nonce = randomBytes(16).toString("base64");
  const page = (await readFile(join(built, "index.html"), "utf8")).replace("__CSP_NONCE__", nonce);
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-security-policy": policy(nonce) });
  response.end(page);
}

export interface FakeApi {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The built editor with an API that answers from fixtures, for pictures and for tests without the product. */
export async function startFakeApi(scenario: Scenario): Promise<FakeApi> {
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/api/") === true) void answerApi(request, response, scenario);
    else void answerFile(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The fake API has no port.");
  return {
    url: `http://127.0.0.1:${String(address.port)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
