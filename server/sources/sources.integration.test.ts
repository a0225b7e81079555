import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoSettings } from "../../integrations/generic/index.js";
import { findSource } from "../../integrations/index.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { aToken, startTestApp, type Client, type TestApp } from "../testing/http.js";
import { createTestKeys } from "../testing/keys.js";
import { walkPermissions } from "../testing/permission-walk.js";
import { createTestWorkspaces, type TestWorkspaces } from "../testing/workspaces.js";
import type { SourceView } from "./source-api.js";
import { createIngestSources, type IngestSources } from "./ingest-sources.js";
import { sourceRoutes } from "./source-routes.js";
import { createSourceService, type SourceService } from "./source-service.js";

const { vault, envelope } = createTestKeys();
let test: TestDatabase;
let workspaces: TestWorkspaces;
let app: TestApp;
let admin: Client;
let hot: IngestSources;
let sources: SourceService;
let clock = Date.now();
let loads = 0;

beforeAll(async () => {
  test = await createTestDatabase();
  workspaces = await createTestWorkspaces(test.db, vault);
  const countingKinds = (kind: string) => {
    loads += 1;
    return findSource(kind);
  };
  hot = createIngestSources({ db: test.db, envelope, findKind: countingKinds, now: () => clock });
  sources = createSourceService({ db: test.db, envelope, findKind: findSource, forget: hot.forget });
  app = await startTestApp({ routes: routes() });
  admin = app.as(aToken(workspaces.here));
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

const routes = () =>
  sourceRoutes({
    db: test.db,
    sources,
    publicUrl: "https://loop.example",
  });

type Created = SourceView & { secret: string };
const wanted = { name: "Our Été survey", kind: "generic", settings: demoSettings };
const create = async (client = admin) => (await client("POST", "/api/sources", wanted)).json as Created;

describe("a source", () => {
  it("is made with a secret that is shown now and never again", async () => {
    const made = await create();
    expect(made).toMatchObject({
      name: "Our Été survey",
      kind: "generic",
      state: "active",
      responses: 0,
      quarantined: 0,
      lastEventAt: null,
    });
    expect(made.slug).toMatch(/^our-e-te-survey-[0-9a-f]{6}$/);
    expect(made.url).toBe(`https://loop.example/hooks/${made.id}`);
    expect(made.secret).toMatch(/^whsec_/);
    for (const path of ["/api/sources", `/api/sources/${made.id}`])
      expect((await admin("GET", path)).text).not.toContain(made.secret);
    const { rows } = await sql`select source::text from source where id = ${made.id}`.execute(test.db);
    const hex = Buffer.from(made.secret).toString("hex");
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(hex));
  });

  it("of an unknown kind, or with settings that its kind refuses, is not made", async () => {
    const unknown = await admin("POST", "/api/sources", { ...wanted, kind: "carrier-pigeon" });
    expect(unknown).toMatchObject({ status: 400, json: { code: "unknown_source_kind" } });
    const wrong = await admin("POST", "/api/sources", { ...wanted, settings: { ...demoSettings, metric: "mood" } });
    expect(wrong.status).toBe(400);
    expect(Object.keys((wrong.json as { fields: object }).fields)).toEqual(["settings.metric"]);
  });

  it("changes its name, mapping and state one by one", async () => {
    const { id } = await create();
    const path = `/api/sources/${id}`;
    expect((await admin("PUT", path, { name: "Shop" })).json).toMatchObject({ name: "Shop", state: "active" });
    expect((await admin("PUT", path, { state: "paused" })).json).toMatchObject({ name: "Shop", state: "paused" });
    const mended = { ...demoSettings, scaleMax: 5 };
    expect((await admin("PUT", path, { settings: mended })).json).toMatchObject({
      state: "paused",
      settings: { scaleMax: 5 },
    });
    const { rows } = await sql`select action from audit_event where target_id = ${id} order by id`.execute(test.db);
    expect(rows).toEqual(["created", "updated", "paused", "updated"].map((word) => ({ action: `source.${word}` })));
  });

  it("counts what arrived", async () => {
    const { id } = await create();
    const any = uuidv7();
    await sql`insert into response (id, workspace_id, source_id, external_id, subject_id, created_at)
      values (${any}, ${workspaces.here}, ${id}, 'r1', ${any}, lw_now())`.execute(test.db);
    await sql`insert into revision (id, workspace_id, response_id, source_id, ordinal, content_hash, received_at, occurred_at, metric, domain, attributes, outcome)
      values (${any}, ${workspaces.here}, ${any}, ${id}, 0, '', '2026-01-02T03:04:05Z', lw_now(), 'nps', 'customer', '{}', 'matched')`.execute(
      test.db,
    );
    expect((await admin("GET", `/api/sources/${id}`)).json).toMatchObject({
      responses: 1,
      lastEventAt: "2026-01-02T03:04:05.000Z",
    });
  });
});

describe("a source on the hot path", () => {
  it("has its adapter, settings and every secret that is accepted now", async () => {
    const { id, secret } = await create();
    const rotated = (await admin("POST", `/api/sources/${id}/rotate`, {})).json as Created;
    expect(await hot.find(id)).toMatchObject({
      id,
      workspaceId: workspaces.here,
      state: "active",
      settings: { metric: "nps" },
      adapter: { kind: "generic" },
      secrets: [rotated.secret, secret],
    });
  });

  it("is read once however many ask, and a change made elsewhere is seen within a second", async () => {
    const { id } = await create();
    loads = 0;
    await Promise.all(Array.from({ length: 20 }, () => hot.find(id)));
    expect((await hot.find(id))?.state).toBe("active");
    await sql`update source set state = 'paused' where id = ${id}`.execute(test.db);
    expect((await hot.find(id))?.state).toBe("active");
    clock += 1_000;
    expect((await hot.find(id))?.state).toBe("paused");
    expect(loads).toBe(2);
  });

  it("sees a change made by its own process at once", async () => {
    const { id } = await create();
    await hot.find(id);
    await admin("PUT", `/api/sources/${id}`, { state: "paused" });
    expect((await hot.find(id))?.state).toBe("paused");
  });

  it("is nobody when it does not exist", async () => {
    expect(await hot.find(uuidv7())).toBeNull();
  });
});

describe("the sources' routes", () => {
  it("let in whom their permission names, and nobody else", async () => {
    expect(await walkPermissions(app, routes(), workspaces.here)).toEqual([]);
  });

  it("know nothing of another workspace's sources", async () => {
    const { id } = await create();
    const stranger = app.as(aToken(workspaces.elsewhere));
    expect((await stranger("GET", "/api/sources")).json).toEqual({ items: [] });
    const tries: [string, string, object?][] = [
      ["GET", ""],
      ["PUT", "", { name: "Mine" }],
      ["POST", "/rotate", {}],
    ];
    for (const [method, rest, body] of tries)
      expect((await stranger(method, `/api/sources/${id}${rest}`, body)).status).toBe(404);
  });
});
