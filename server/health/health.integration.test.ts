import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { httpLoopback } from "../../integrations/testing/loopback.js";
import { openDatabase } from "../db/database.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { aToken, startTestApp } from "../testing/http.js";
import { silentLog } from "../testing/silent-log.js";
import type { SandboxUse } from "../connections/sandbox-use.js";
import type { Health } from "./health-api.js";
import { healthRoutes, type HealthRouteDependencies } from "./health-routes.js";
import { createMetrics } from "./metrics.js";

let test: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), "loopwright-health-"));
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

const sandbox = (mode: SandboxUse["mode"], products: readonly string[], page = "http://127.0.0.1:1"): SandboxUse => ({
  mode,
  page,
  connections: () => Promise.resolve(products),
});

async function serve(more: Partial<HealthRouteDependencies> = {}) {
  const routes = healthRoutes({
    db: test.db,
    log: silentLog,
    version: "1.2.3",
    role: "api",
    processesFile: null,
    temporalAddress: "127.0.0.1:7233",
    probeTemporal: () => Promise.resolve(),
    sandbox: sandbox("on", []),
    metrics: createMetrics(test.db),
    authenticate: (request) => Promise.resolve(request.get("authorization") === "good" ? aToken("w", "builder") : null),
    ...more,
  });
  const app = await startTestApp({ routes });
  onTestFinished(() => app.close());
  return app;
}
/** fetch writes Host itself. */
const askBy = (url: string, path: string, headers: Record<string, string>) =>
  new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    get(url + path, { headers, agent: false }, (response) => {
      void readText(response).then((text) => resolve({ status: response.statusCode, text }), reject);
    }).on("error", reject);
  });
const health = async (more: Partial<HealthRouteDependencies> = {}) =>
  (await (await serve(more)).anonymous("GET", "/api/health")).json as Health;

describe("the health", () => {
  it("tells parts, versions, and this process where no supervisor lists any", async () => {
    const { processes, database, ...rest } = await health();
    expect(rest).toEqual({
      status: "ok",
      version: "1.2.3",
      effects: { status: "ok", detail: null },
      temporal: { status: "ok", detail: null, address: "127.0.0.1:7233" },
      sandbox: { status: "ok", detail: "not in use", url: null },
    });
    expect(database).toMatchObject({ status: "ok", detail: null });
    expect(database.version).toMatch(/^\d+\.\d+/);
    expect(processes).toMatchObject([{ role: "api", pid: process.pid }]);
    if (process.platform === "linux") expect(processes[0]?.memory).toBeGreaterThan(10_000_000);
  });

  it("counts a process together with its children, and says null for one that is gone", async () => {
    const shell = spawn(
      "/bin/sh",
      ["-c", `"${process.execPath}" -e 'console.log(1); setInterval(() => 0, 1000)'; true`],
      { detached: true },
    );
    onTestFinished(() => void process.kill(-(shell.pid ?? 0), "SIGKILL"));
    await new Promise((resolve) => shell.stdout.once("data", resolve));
    const file = join(folder, "processes.json");
    writeFileSync(
      file,
      JSON.stringify([
        { role: "postgres", pid: shell.pid, startedAt: "x" },
        { role: "worker", pid: 2 ** 22 + 1 },
      ]),
    );
    const { processes } = await health({ processesFile: file });
    expect(processes).toMatchObject([{ role: "postgres" }, { role: "worker", memory: null }]);
    // A shell alone holds about one megabyte.
    if (process.platform === "linux") expect(processes[0]?.memory).toBeGreaterThan(4_000_000);
  });

  it("is degraded while a part does not answer, and says which", async () => {
    const away = openDatabase({ url: "postgres://x:y@127.0.0.1:1/none", maxConnections: 1, applicationName: "test" });
    onTestFinished(() => away.db.destroy());
    expect(await health({ db: away.db })).toMatchObject({
      status: "degraded",
      database: { status: "down", version: null },
    });
    const hangs = () => new Promise<never>(() => undefined);
    expect(await health({ probeTemporal: hangs })).toMatchObject({
      status: "degraded",
      temporal: { status: "down", detail: "The Temporal does not answer within 2 s." },
    });
    expect(await health({ sandbox: sandbox("on", ["Slack"]) })).toMatchObject({
      status: "degraded",
      sandbox: { status: "down", url: "http://127.0.0.1:1" },
    });
  });

  it("is degraded while effects stand still, with the command that lets them go on", async () => {
    const { rows } = await sql<{ identity: string }>`select identity from ledger_state`.execute(test.db);
    onTestFinished(async () => {
      await sql`update ledger_state set identity = ${rows[0]?.identity}`.execute(test.db);
    });
    await sql`update ledger_state set identity = 'the database of before'`.execute(test.db);
    const { status, database, effects } = await health();
    expect([status, database.status, effects.status]).toEqual(["degraded", "ok", "held"]);
    expect(effects.detail).toContain("npm run cli -- restore point");
  });

  it("asks the sandbox's page while it is in use", async () => {
    const page = await httpLoopback((_received, response) => response.end("page"));
    onTestFinished(() => page.close());
    const reply = await health({ sandbox: sandbox("on", ["Jira"], page.url) });
    expect(reply.sandbox).toEqual({ status: "ok", detail: null, url: page.url });
  });

  it("is good while the sandbox is off, and says which products' connections point at it", async () => {
    const { status, sandbox: part } = await health({ sandbox: sandbox("off", ["Jira", "Slack"]) });
    expect(status).toBe("ok");
    expect(part).toMatchObject({ status: "off", url: null });
    expect(part.detail).toMatch(/sandbox is off, and connections to Jira, Slack still point at it/);
  });

  it("is good for an api on its own, where the sandbox is somebody else's and does not answer", async () => {
    expect(await health({ sandbox: sandbox("auto", ["Slack"]) })).toMatchObject({
      status: "ok",
      sandbox: { status: "down", detail: "The sandbox does not answer." },
    });
  });
});

describe("the processes behind the health", () => {
  const asked = async (headers: Record<string, string>) => {
    const { status, text } = await askBy((await serve()).url, "/api/health", headers);
    const { processes, ...rest } = JSON.parse(text) as Health;
    expect([status, rest.status, rest.version, rest.database.status]).toEqual([200, "ok", "1.2.3", "ok"]);
    return processes;
  };

  it.each(["127.0.0.1:4000", "localhost:4000", "LOCALHOST", "[::1]:4000"])(
    "are told to this machine under %s",
    async (host) => {
      expect(await asked({ host })).toMatchObject([{ pid: process.pid }]);
    },
  );

  it.each<Record<string, string>>([
    { host: "loopwright.example" },
    { host: "rebound.example:4000" },
    { host: "127.0.0.1.evil.example" },
    { host: "192.168.1.5" },
    { "x-forwarded-for": "203.0.113.9" },
    { forwarded: "for=203.0.113.9" },
    { "x-real-ip": "203.0.113.9" },
    { via: "1.1 proxy" },
    { host: "loopwright.example", authorization: "bad" },
  ])("are kept from whoever asks with %j", async (headers) => {
    expect(await asked(headers)).toEqual([]);
  });

  it("are told to whoever has a token or a session, from anywhere", async () => {
    expect(await asked({ host: "loopwright.example", authorization: "good" })).toMatchObject([{ role: "api" }]);
  });

  it("are kept from a token that cannot be checked, and the state is told all the same", async () => {
    const app = await serve({ authenticate: () => Promise.reject(new Error("the database is away")) });
    const headers = { host: "loopwright.example", authorization: "good" };
    const { status, text } = await askBy(app.url, "/api/health", headers);
    expect([status, JSON.parse(text)]).toMatchObject([200, { status: "ok", processes: [] }]);
  });
});

it("many who ask for the health at once cost one look at each part", async () => {
  const seen = { callers: 0, probes: 0 };
  let letGo = (): void => undefined;
  const all = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const app = await serve({
    authenticate: () => {
      seen.callers += 1;
      if (seen.callers === 20) letGo();
      return Promise.resolve(null);
    },
    probeTemporal: () => {
      seen.probes += 1;
      return all;
    },
  });
  const ask = () => askBy(app.url, "/api/health", { host: "loopwright.example" });
  const answers = await Promise.all(Array.from({ length: 20 }, ask));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(seen).toEqual({ callers: 20, probes: 1 });
});

describe("the metrics", () => {
  it("tell open runs by state and the ledger's counters", async () => {
    await sql`insert into counter (name, n) values ('rescued_total', 3)`.execute(test.db);
    await sql`insert into run (id, workspace_id, flow_id, flow_version_id, response_id, revision_id, ordinal, subject_id, key, state, due_at, created_at)
      select id, id, id, id, id, id, 0, id, 'k', 'waiting', 'infinity', lw_now() from gen_random_uuid() as id`.execute(
      test.db,
    );
    const { text, headers } = await (await serve()).anonymous("GET", "/metrics");
    expect(headers.get("content-type")).toMatch("text/plain");
    expect(text).toContain('loopwright_open_runs{state="waiting"} 1');
    expect(text).toContain('loopwright_ledger_total{name="rescued_total"} 3');
    expect(text).toContain("process_cpu_seconds_total");
  });

  it("are for this machine alone, but for a token that may read settings", async () => {
    const app = await serve();
    const forwarded = { "x-forwarded-for": "203.0.113.9" };
    expect((await app.anonymous("GET", "/metrics", undefined, forwarded)).status).toBe(401);
    expect((await app.anonymous("GET", "/metrics", undefined, { ...forwarded, authorization: "good" })).status).toBe(
      200,
    );
  });

  it.each(["loopwright.example", "rebound.example:4000", "127.0.0.1.evil.example", "localhost.evil.example"])(
    "are for a token only where Host says %j, though the caller's address is this machine's",
    async (host) => {
      const { url } = await serve();
      expect((await askBy(url, "/metrics", { host })).status).toBe(401);
      expect((await askBy(url, "/metrics", { host, authorization: "good" })).status).toBe(200);
    },
  );
});
