import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Role } from "../members/member-api.js";
import { createMembers } from "../members/members.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { aToken, startTestApp, type Client, type TestApp } from "../testing/http.js";
import { createTestKeys } from "../testing/keys.js";
import { createTestWorkspaces, type TestWorkspaces } from "../testing/workspaces.js";
import { entrySchema } from "./oversight-api.js";
import { oversightRoutes } from "./oversight-routes.js";
import { requestListSchema, requestSchema, type ToolRequest } from "./request-api.js";
import { requestRoutes } from "./request-routes.js";
import { createRequests } from "./requests.js";
import { createThings } from "./testing/things.js";

const { vault, envelope } = createTestKeys();
const members = createMembers(vault);
let test: TestDatabase;
let workspaces: TestWorkspaces;
let things: ReturnType<typeof createThings>;
let app: TestApp;
let viewer: Client;
let viewerId: string;
let officer: Client;
let admin: Client;

beforeAll(async () => {
  test = await createTestDatabase();
  workspaces = await createTestWorkspaces(test.db, vault);
  things = createThings(test.db, envelope, workspaces.here);
  const parts = { db: test.db, names: members.names, publicUrl: "https://loop.example", now: () => new Date() };
  app = await startTestApp({ routes: [...oversightRoutes(parts), ...requestRoutes(createRequests(parts))] });
  viewerId = await aMember("viewer");
  viewer = as(viewerId, "viewer");
  officer = as(await aMember("privacy_officer"), "privacy_officer");
  admin = as(workspaces.adminId, "admin");
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

/** As the pages ask: a write without it came from elsewhere. */
const own = { "sec-fetch-site": "same-origin" };
function as(id: string, role: Role, workspaceId = workspaces.here): Client {
  const client = app.as({ kind: "member", id, role, workspaceId });
  return (method, path, body) => client(method, path, body, own);
}

const aMember = (role: Role): Promise<string> =>
  transact(test.db, (tx) =>
    members.invite(tx, {
      ...{ name: `The ${role}`, email: `${uuidv7()}@acme.example`, role, workspaceId: workspaces.here },
      by: { kind: "system", id: null },
    }),
  );

const wanted = {
  ...{ kind: "source", name: "Kiosk", purpose: "Ask at the door", why: "Paper is slow" },
  ...{ lawfulBasis: "consent", dataClasses: ["scores"], dataSubjects: ["customers"] },
};
async function ask(client = viewer): Promise<ToolRequest> {
  const { status, json } = await client("POST", "/api/oversight/requests", wanted);
  expect(status).toBe(201);
  return requestSchema.parse(json);
}
const decide = (client: Client, id: string, step: string, body?: object) =>
  client("POST", `/api/oversight/requests/${id}/${step}`, body);
const codeOf = (json: unknown) => z.object({ code: z.string() }).parse(json).code;
const seenBy = async (client: Client, id: string): Promise<ToolRequest | undefined> => {
  const { json } = await client("GET", "/api/oversight/requests?limit=200");
  return requestListSchema.parse(json).items.find((request) => request.id === id);
};
async function audited(id: string): Promise<string[]> {
  const { rows } = await sql<{ action: string }>`
    select action from audit_event where target_id = ${id} order by id`.execute(test.db);
  return rows.map(({ action }) => action);
}

describe("a request for a tool", () => {
  it("is seen by who asked and by who decides, and by nobody else", async () => {
    const { id } = await ask();
    const seen = { ...wanted, id, state: "open", askedBy: viewerId, askedByName: "The viewer", decidedBy: null };
    expect(await seenBy(viewer, id)).toMatchObject(seen);
    expect(await seenBy(officer, id)).toMatchObject(seen);
    expect(await seenBy(as(await aMember("builder"), "builder"), id)).toBeUndefined();
    const stranger = as(uuidv7(), "admin", workspaces.elsewhere);
    expect(await seenBy(stranger, id)).toBeUndefined();
    expect((await decide(stranger, id, "approve")).status).toBe(404);
  });

  it("is approved, and what was asked stands in the registry once the thing is made", async () => {
    const { id } = await ask();
    expect((await decide(officer, id, "approve")).status).toBe(200);
    expect(await seenBy(viewer, id)).toMatchObject({ state: "approved", decidedByName: "The privacy_officer" });
    const thingId = await things.source("Kiosk");
    const linked = await decide(admin, id, "link", { thingId });
    expect(requestSchema.parse(linked.json)).toMatchObject({ state: "done", thingId });
    const { json } = await admin("GET", `/api/oversight/sources/${thingId}`);
    const { purpose, lawfulBasis, dataClasses, dataSubjects } = requestSchema.parse(linked.json);
    expect(entrySchema.parse(json)).toMatchObject({
      ...{ purpose, lawfulBasis, dataClasses, dataSubjects },
      ...{ ownerId: viewerId, ownerName: "The viewer" },
    });
    expect(await audited(id)).toEqual(["tool_request.asked", "tool_request.approved", "tool_request.linked"]);
    expect(codeOf((await decide(admin, id, "link", { thingId })).json)).toBe("request_not_approved");
  });

  it("is declined with a reason that whoever asked can read", async () => {
    const { id } = await ask();
    expect((await decide(officer, id, "decline", {})).status).toBe(400);
    expect((await decide(officer, id, "decline", { reason: "Not this year" })).status).toBe(200);
    expect(await seenBy(viewer, id)).toMatchObject({ state: "declined", reason: "Not this year" });
    expect(await audited(id)).toEqual(["tool_request.asked", "tool_request.declined"]);
    expect(codeOf((await decide(officer, id, "approve")).json)).toBe("request_decided");
    const thingId = await things.source("Kiosk");
    expect(codeOf((await decide(officer, id, "link", { thingId })).json)).toBe("request_not_approved");
  });

  it("is never decided by whoever asked, nor by a token, nor by who may not decide", async () => {
    const { id } = await ask(admin);
    for (const step of ["approve", "decline"])
      expect([(await decide(admin, id, step, { reason: "Mine" })).status, step]).toEqual([403, step]);
    expect(codeOf((await decide(app.as(aToken(workspaces.here)), id, "approve")).json)).toBe("sessions_only");
    expect((await decide(viewer, id, "approve")).status).toBe(403);
    expect(await seenBy(admin, id)).toMatchObject({ state: "open" });
  });

  it("is linked to a thing of its kind in the same workspace only", async () => {
    const { id } = await ask();
    await decide(officer, id, "approve");
    for (const thingId of [uuidv7(), await things.connection("Desk")])
      expect((await decide(officer, id, "link", { thingId })).status).toBe(404);
    const elsewhere = await createThings(test.db, envelope, workspaces.elsewhere).source("Theirs");
    expect((await decide(officer, id, "link", { thingId: elsewhere })).status).toBe(404);
    expect(await seenBy(viewer, id)).toMatchObject({ state: "approved", thingId: null });
  });

  it("is decided once, though two decide at the same moment", async () => {
    const { id } = await ask();
    const answers = await Promise.all([decide(officer, id, "approve"), decide(admin, id, "decline", { reason: "No" })]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });
});
