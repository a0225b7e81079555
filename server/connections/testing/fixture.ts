import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { afterAll, beforeAll } from "vitest";
import { createHttpClient, type HttpClient } from "../../../integrations/http.js";
import { httpLoopback } from "../../../integrations/testing/loopback.js";
import type { OpenedConnection } from "../../../workflows/ports.js";
import { testConnector } from "../../testing/connectors.js";
import { createTestDatabase, type TestDatabase } from "../../testing/database.js";
import { aToken, startTestApp, type Client, type TestApp } from "../../testing/http.js";
import type { Envelope } from "../../privacy/envelope.js";
import type { WrapPurpose } from "../../privacy/kek-source.js";
import { API_MAY_OPEN, createTestKeys } from "../../testing/keys.js";
import { createTestWorkspaces, type TestWorkspaces } from "../../testing/workspaces.js";
import type { ConnectionView } from "../connection-api.js";
import { createConnectionExecution, type RefusedConnection } from "../connection-execution.js";
import { connectionRoutes } from "../connection-routes.js";
import { createConnectionService } from "../connection-service.js";
import { createConnectionCalls, type ConnectionCalls } from "../connection-calls.js";

type Parrot = Awaited<ReturnType<typeof httpLoopback>>;

export const secrets = { token: "good token", signingSecret: "listen", botToken: "bot" };
export const findConnector = (name: string) => (name === testConnector.name ? testConnector : undefined);

/** What one test file of connections works with; `usedBy`, `sandboxOff` and `beforeAnswer` are for single tests to set. */
export interface ConnectionFixture {
  readonly test: TestDatabase;
  /** Keys of the same installation for a process that may open less. */
  readonly envelopeFor: (mayOpen: readonly WrapPurpose[]) => Envelope;
  readonly workspaces: TestWorkspaces;
  readonly parrot: Parrot;
  readonly other: Parrot;
  readonly http: HttpClient;
  /** Of a process that may open everything, and of one that may open no outbound secret. */
  readonly app: TestApp;
  readonly api: TestApp;
  readonly admin: Client;
  readonly told: string[];
  readonly refused: RefusedConnection[];
  /** Ids of connections that could not be opened for messages. */
  readonly unreadable: string[];
  usedBy: string | null;
  sandboxOff: boolean;
  beforeAnswer: () => Promise<unknown>;
  /** What the parrot says instead of what it usually does. */
  answer: ((response: ServerResponse) => unknown) | null;
  execution(mayOpenOutbound?: boolean): ReturnType<typeof createConnectionExecution>;
  /** As a worker opens it; throws where it is not to be used. */
  opened(id: string | null, mayOpenOutbound?: boolean): Promise<OpenedConnection>;
  calls(mayOpenOutbound?: boolean): ConnectionCalls;
  routes(calls?: ConnectionCalls, sandboxOff?: boolean): ReturnType<typeof connectionRoutes>;
  wanted(more?: object): object;
  create(): Promise<ConnectionView>;
}

/** Sets up before the file's tests and tears down after them; fields can be read from the first hook on. */
export function useConnections(): ConnectionFixture {
  const fixture = {} as ConnectionFixture;
  beforeAll(async () => {
    Object.assign(fixture, await start(fixture));
  });
  afterAll(async () => {
    const { app, api, http, parrot, other, test } = fixture;
    await Promise.all([app.close(), api.close(), http.close(), parrot.close(), other.close()]);
    await test.drop();
  });
  return fixture;
}

async function start(fixture: ConnectionFixture): Promise<ConnectionFixture> {
  const kek = randomBytes(32);
  const { vault, envelope } = createTestKeys(kek);
  const envelopeFor = (mayOpen: readonly WrapPurpose[]) => createTestKeys(kek, mayOpen).envelope;
  const apiEnvelope = envelopeFor(API_MAY_OPEN);
  const test = await createTestDatabase();
  const workspaces = await createTestWorkspaces(test.db, vault);
  const answer: Parameters<typeof httpLoopback>[0] = async ({ headers, path }, response) => {
    await fixture.beforeAnswer();
    if (fixture.answer) return fixture.answer(response);
    if (headers.authorization !== "good token") return response.writeHead(401).end("Who is there?");
    return response.end(path === "/" ? "Polly" : `heard ${decodeURIComponent(path)}`);
  };
  const [parrot, other] = [await httpLoopback(answer), await httpLoopback(answer)];
  const http = createHttpClient({ allowPrivate: [parrot.host, other.host] });
  const [told, refused, unreadable]: [string[], RefusedConnection[], string[]] = [[], [], []];

  const keysOf = (mayOpenOutbound: boolean) => (mayOpenOutbound ? envelope : apiEnvelope);
  const calls = (mayOpenOutbound = true) =>
    createConnectionCalls({ envelope: keysOf(mayOpenOutbound), http, findConnector, mayOpenOutbound });
  const routes = (own = calls(), sandboxOff = false) =>
    connectionRoutes({
      connectors: [testConnector],
      sandboxOff,
      connections: createConnectionService({
        db: test.db,
        calls: own,
        findConnector,
        sandboxHosts: [parrot.host],
        usedBy: () => Promise.resolve(fixture.usedBy),
        changed: (workspaceId, id) => told.push(`${workspaceId} ${id}`),
      }),
    });
  const execution = (mayOpenOutbound = true) =>
    createConnectionExecution({
      envelope: keysOf(mayOpenOutbound),
      http,
      findConnector,
      sandboxOff: fixture.sandboxOff,
      onRefused: (_tx, given) => Promise.resolve(void refused.push(given)),
      onUnreadable: (id) => void unreadable.push(id),
    });
  const opened: ConnectionFixture["opened"] = async (id, mayOpenOutbound) => {
    const [open] = await execution(mayOpenOutbound).openConnections(test.db, [id]);
    if (!open) throw new Error("the connection is not to be used");
    return open;
  };
  const [app, api] = await Promise.all([
    startTestApp({ routes: routes() }),
    startTestApp({ routes: routes(calls(false)) }),
  ]);
  const admin = app.as(aToken(workspaces.here));
  const wanted = (more: object = {}) => ({
    connector: "parrot",
    name: "Our parrot",
    config: { url: `${parrot.url}/` },
    secret: secrets,
    ...more,
  });
  const create = async () => (await admin("POST", "/api/connections", wanted())).json as ConnectionView;
  const settings = { usedBy: null, sandboxOff: false, beforeAnswer: () => Promise.resolve(), answer: null };
  return {
    test,
    envelopeFor,
    workspaces,
    parrot,
    other,
    http,
    app,
    api,
    admin,
    told,
    refused,
    unreadable,
    execution,
    opened,
    calls,
    routes,
    wanted,
    create,
    ...settings,
  };
}
