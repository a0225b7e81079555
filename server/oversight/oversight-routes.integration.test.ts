import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { createMembers, type Members } from "../members/members.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { aToken, startTestApp, type Client, type TestApp } from "../testing/http.js";
import { createTestKeys } from "../testing/keys.js";
import { walkPermissions } from "../testing/permission-walk.js";
import { createTestWorkspaces, type TestWorkspaces } from "../testing/workspaces.js";
import { duplicateListSchema, entryListSchema, entrySchema, ownerListSchema, type Entry } from "./oversight-api.js";
import { oversightRoutes } from "./oversight-routes.js";
import { goodAnswers, noAnswers } from "./testing/answers.js";
import { createThings } from "./testing/things.js";

const { vault, envelope } = createTestKeys();
const now = new Date();
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
let test: TestDatabase;
let workspaces: TestWorkspaces;
let members: Members;
let app: TestApp;
let officer: Client;
let things: ReturnType<typeof createThings>;
let sourceId: string;
let connectionId: string;

const routes = () =>
  oversightRoutes({ db: test.db, names: members.names, publicUrl: "https://loop.example", now: () => now });

beforeAll(async () => {
  test = await createTestDatabase();
  workspaces = await createTestWorkspaces(test.db, vault);
  members = createMembers(vault);
  things = createThings(test.db, envelope, workspaces.here);
  app = await startTestApp({ routes: routes() });
  officer = app.as(aToken(workspaces.here, "privacy_officer"));
});
beforeEach(async () => {
  await sql`truncate oversight_entry, connection_use, source, connection, flow, flow_version, revision cascade`.execute(
    test.db,
  );
  sourceId = await things.source("Product survey");
  connectionId = await things.connection("Support desk");
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

const list = async (query = "", client = officer): Promise<Entry[]> => {
  const { status, json, text } = await client("GET", `/api/oversight/entries${query}`);
  expect([status, status === 200 ? "" : text]).toEqual([200, ""]);
  return entryListSchema.parse(json).items;
};
const namesOf = (entries: readonly Entry[]): string[] => entries.map(({ name }) => name);
const say = (answers: object, client = officer, path = `sources/${sourceId}`) =>
  client("PUT", `/api/oversight/${path}`, { ...goodAnswers, ownerId: workspaces.adminId, ...answers });

describe("the registry", () => {
  it("lists every source and connection before anybody has said anything, as risky as that is", async () => {
    const [source, connection] = await list();
    expect(source).toMatchObject({
      kind: "source",
      id: sourceId,
      name: "Product survey",
      product: "generic",
      changedAt: null,
    });
    expect(connection).toMatchObject({
      kind: "connection",
      id: connectionId,
      product: "jira",
      events: 0,
      lastEventAt: null,
    });
    expect(source?.risk).toMatchObject({ points: 65, band: "high" });
  });

  it("keeps what is said, and tells who is named", async () => {
    const { status, json } = await say({ credentialOwnerId: workspaces.adminId });
    expect(status).toBe(200);
    expect(entrySchema.parse(json)).toMatchObject({
      ...goodAnswers,
      ...{ ownerId: workspaces.adminId, credentialOwnerId: workspaces.adminId },
      ownerName: "Admin",
      credentialOwnerName: "Admin",
      risk: { points: 0, band: "low", reasons: [] },
    });
    const { json: again } = await officer("GET", `/api/oversight/sources/${sourceId}`);
    expect(again).toEqual(json);
  });

  it("takes back what is not said any more", async () => {
    await say({});
    await say(noAnswers);
    expect((await list("?kind=source"))[0]).toMatchObject(noAnswers);
  });

  it("tells the audit which answers changed, and none of them", async () => {
    await say({});
    await say({ purpose: "Something confidential", region: "third" });
    const { rows } = await sql<{ action: string; target_id: string; data: { changed: string } }>`
      select action, target_id, data from audit_event where action like 'oversight.%' order by id`.execute(test.db);
    expect(rows.at(-1)).toEqual({
      action: "oversight.entry_changed",
      target_id: sourceId,
      data: { changed: "purpose region" },
    });
    expect(JSON.stringify(rows)).not.toContain("confidential");
  });

  it.each([
    ["nobody of ours as the owner", { ownerId: uuidv7() }, 422, "unknown_owner"],
    ["a cost without its currency", { currency: null }, 400, "invalid_request"],
    ["a class that does not exist", { dataClasses: ["gossip"] }, 400, "invalid_request"],
    ["a day that does not exist", { credentialExpiresOn: "2026-02-30" }, 400, "invalid_request"],
    ["a purpose of blanks", { purpose: "  " }, 400, "invalid_request"],
  ])("refuses %s", async (_what, answers, status, code) => {
    const answer = await say(answers);
    expect([answer.status, z.object({ code: z.string() }).parse(answer.json).code]).toEqual([status, code]);
    expect((await list("?kind=source"))[0]).toMatchObject(noAnswers);
  });

  it("keeps an owner who was put out meanwhile, and says so", async () => {
    const leaver = await transact(test.db, (tx) =>
      members.invite(tx, {
        ...{ name: "Leaver", email: `${uuidv7()}@acme.example`, role: "builder", workspaceId: workspaces.here },
        by: { kind: "system", id: null },
      }),
    );
    await say({ ownerId: leaver });
    await sql`update member set active = false where id = ${leaver}`.execute(test.db);
    const { status, json } = await say({ ownerId: leaver, retention: "One year" });
    expect(status).toBe(200);
    expect(entrySchema.parse(json).risk.reasons).toMatchObject([{ code: "owner_gone" }]);
    const { json: owners } = await officer("GET", "/api/oversight/owners");
    expect(ownerListSchema.parse(owners).items).toEqual([{ id: workspaces.adminId, name: "Admin" }]);
  });
});

describe("the filter", () => {
  it.each([
    ["kind=source", ["Product survey"]],
    ["kind=connection", ["Support desk"]],
    ["lawfulBasis=legitimate_interests", ["Product survey"]],
    ["lawfulBasis=consent", []],
    ["dataClass=scores", ["Product survey"]],
    ["dataClass=special", []],
    ["region=eea", ["Product survey"]],
    ["band=low", ["Product survey"]],
    ["band=high&kind=connection", ["Support desk"]],
  ])("by %s", async (query, expected) => {
    await say({});
    expect(namesOf(await list(`?${query}`))).toEqual(expected);
  });

  it("by owner", async () => {
    await say({});
    expect(namesOf(await list(`?ownerId=${workspaces.adminId}`))).toEqual(["Product survey"]);
    expect(namesOf(await list(`?ownerId=${uuidv7()}`))).toEqual([]);
  });
});

describe("what happens", () => {
  it("at a source is its newest event, and how many came in 30 days", async () => {
    for (const days of [40, 29, 2]) await things.event(sourceId, daysAgo(days));
    expect((await list("?kind=source"))[0]).toMatchObject({ events: 2, lastEventAt: daysAgo(2).toISOString() });
  });

  it("by a connection is what was counted", async () => {
    for (const [days, effects] of [
      [1, 7],
      [10, 5],
      [45, 100],
    ] as const)
      await sql`insert into connection_use values (${connectionId}, ${daysAgo(days)}::timestamptz::date, ${effects}, ${daysAgo(days)})`.execute(
        test.db,
      );
    expect((await list("?kind=connection"))[0]).toMatchObject({ events: 12, lastEventAt: daysAgo(1).toISOString() });
  });

  it("in flows is which of them name it, drawn or live", async () => {
    const uses = { type: "action", config: { connectionId } };
    await things.flow("Any source", [{ type: "trigger", config: { sources: [] } }, uses], { live: true });
    await things.flow("This source", [{ type: "trigger", config: { sources: [sourceId] } }, uses, uses], {
      live: false,
    });
    await things.flow("Another source", [{ type: "trigger", config: { sources: [uuidv7()] } }], { live: true });
    const [source, connection] = await list();
    expect(source?.flows.map(({ name }) => name)).toEqual(["Any source", "This source"]);
    expect(connection?.flows.map(({ name }) => name)).toEqual(["Any source", "This source"]);
  });

  it("shows what a live flow leaves unmasked, and not what is only drawn", async () => {
    const shows = { type: "action", config: { connectionId, showsPersonalData: true } };
    const codes = async () => (await list("?kind=connection"))[0]?.risk.reasons.map(({ code }) => code);
    await things.flow("Drawn", [shows], { live: false });
    expect(await codes()).not.toContain("shown_in_clear");
    await things.flow("Live", [shows], { live: true });
    expect(await codes()).toContain("shown_in_clear");
  });

  it("shows at a source what a live flow sends on without a connection", async () => {
    const sends = { type: "action", config: { action: "http.request@1", connectionId: null, showsPersonalData: true } };
    const from = (id: string) => [{ type: "trigger", config: { sources: [id] } }, sends];
    const codes = async () => (await list("?kind=source"))[0]?.risk.reasons.map(({ code }) => code);
    await things.flow("Elsewhere", from(uuidv7()), { live: true });
    await things.flow("Drawn", from(sourceId), { live: false });
    expect(await codes()).not.toContain("shown_in_clear");
    await things.flow("Live", from(sourceId), { live: true });
    expect(await codes()).toContain("shown_in_clear");
  });

  it("tells the sandbox and plain http from what is real", async () => {
    await things.connection("Toy", { site: "http://127.0.0.1:4003", sandbox: true });
    await things.connection("Wire", { site: "http://jira.internal" });
    const codes = new Map(
      (await list("?kind=connection")).map(({ name, risk }) => [name, risk.reasons.map(({ code }) => code)]),
    );
    expect(codes.get("Toy")).toContain("sandbox");
    expect(codes.get("Toy")).not.toContain("plain_http");
    expect(codes.get("Wire")).toContain("plain_http");
  });
});

describe("duplicates", () => {
  it("are told once for a purpose and an audience", async () => {
    const second = await things.source("App survey");
    await say({});
    await say({}, officer, `sources/${second}`);
    const { json } = await officer("GET", "/api/oversight/duplicates");
    const { items } = duplicateListSchema.parse(json);
    expect(items.map(({ things }) => things.map(({ name }) => name))).toEqual([["App survey", "Product survey"]]);
  });
});

describe("what is taken along", () => {
  it.each([
    ["record", "application/json; charset=utf-8", "record-of-processing.json", '"controller": "My workspace"'],
    ["record?format=html", "text/html; charset=utf-8", "record-of-processing.html", "<b>Controller</b>: My workspace"],
    ["export?kind=source", "text/csv; charset=utf-8", "registry.csv", "Product survey"],
  ])("as %s is a file, and the audit says so", async (path, type, name, words) => {
    const { status, headers, text } = await officer("GET", `/api/oversight/${path}`);
    expect([status, headers.get("content-type")]).toEqual([200, type]);
    expect(headers.get("content-disposition")).toBe(`attachment; filename=${name}`);
    expect(text).toContain(words);
    const { rows } = await sql<{ data: object }>`
      select data from audit_event where action = 'oversight.exported' order by id desc limit 1`.execute(test.db);
    const [what, format] = [path.startsWith("record") ? "record" : "registry", name.split(".").at(-1)];
    expect(rows).toEqual([{ data: { what, format } }]);
  });
});

describe("who may", () => {
  it("is as the permissions say", async () => {
    expect(await walkPermissions(app, routes(), workspaces.here)).toEqual([]);
  });

  it("not see or change what belongs to another workspace", async () => {
    const stranger = app.as(aToken(workspaces.elsewhere, "admin"));
    expect(await list("", stranger)).toEqual([]);
    for (const path of [`sources/${sourceId}`, `connections/${connectionId}`]) {
      expect((await stranger("GET", `/api/oversight/${path}`)).status).toBe(404);
      expect((await say({ ownerId: null }, stranger, path)).status).toBe(404);
    }
  });
});
