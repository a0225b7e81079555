import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { demoSettings } from "../../integrations/generic/index.js";
import { findSource } from "../../integrations/index.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { createSourceService, type SourceService } from "../sources/source-service.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { aToken, startTestApp, type Client, type TestApp } from "../testing/http.js";
import { createTestKeys } from "../testing/keys.js";
import { walkPermissions } from "../testing/permission-walk.js";
import { createTestWorkspaces, type TestWorkspaces } from "../testing/workspaces.js";
import { quarantineRoutes } from "./quarantine-routes.js";
import { createQuarantineService } from "./quarantine-service.js";
import { sourceFigures } from "./source-figures.js";

const { vault, envelope } = createTestKeys();
let test: TestDatabase;
let workspaces: TestWorkspaces;
let app: TestApp;
let admin: Client;
let sources: SourceService;

beforeAll(async () => {
  test = await createTestDatabase();
  workspaces = await createTestWorkspaces(test.db, vault);
  sources = createSourceService({ db: test.db, envelope, findKind: findSource, forget: () => undefined });
  app = await startTestApp({ routes: routes() });
  admin = app.as(aToken(workspaces.here));
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

const routes = () =>
  quarantineRoutes(
    createQuarantineService({
      db: test.db,
      vault,
      ingest: {
        accept: () => Promise.reject(new Error("nothing is delivered here")),
        store: () => Promise.reject(new Error("nothing here can be read")),
      },
      findSource: () => Promise.resolve(null),
    }),
  );

async function aSource(): Promise<string> {
  const changer = { kind: "system", id: null, workspaceId: workspaces.here } as const;
  const wanted = { name: "Our Été survey", kind: "generic", settings: demoSettings };
  return (await sources.create(changer, wanted)).row.id;
}

async function held(sourceId: string): Promise<string> {
  const id = uuidv7();
  await sql`insert into quarantine (id, workspace_id, source_id, subject_id, content_hash, received_at, reason, state)
    values (${id}, ${workspaces.here}, ${sourceId}, ${id}, ${Buffer.from(id)}, lw_now(), 'There is no score.', 'held')`.execute(
    test.db,
  );
  return id;
}

it("held deliveries are listed newest first, page by page, and counted by source", async () => {
  const id = await aSource();
  const ids = [await held(id), await held(id), await held(id)];
  const path = `/api/quarantine?sourceId=${id}&limit=2`;
  const first = (await admin("GET", path)).json as { items: { id: string; reason: string }[]; next: string };
  expect(first.items.map((item) => item.id)).toEqual([ids[2], ids[1]]);
  const second = (await admin("GET", `${path}&cursor=${first.next}`)).json;
  expect(second).toMatchObject({
    items: [{ id: ids[0], reason: "There is no score.", sourceName: "Our Été survey" }],
    next: null,
  });
  expect(
    (await sourceFigures(test.db, [id], { workspaceId: workspaces.here, reach: undefined })).get(id),
  ).toMatchObject({ quarantined: 3 });
  expect((await admin("GET", "/api/quarantine?cursor=nonsense")).status).toBe(400);
});

it("another workspace neither sees nor replays them", async () => {
  const id = await held(await aSource());
  const stranger = app.as(aToken(workspaces.elsewhere));
  expect((await stranger("GET", "/api/quarantine")).json).toEqual({ items: [], next: null });
  expect((await stranger("POST", `/api/quarantine/${id}/replay`, {})).status).toBe(404);
});

it("the routes let in whom their permission names, and nobody else", async () => {
  expect(await walkPermissions(app, routes(), workspaces.here)).toEqual([]);
});
