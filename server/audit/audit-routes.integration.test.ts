import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { aToken, startTestApp, type Client, type TestApp } from "../testing/http.js";
import { createTestKeys } from "../testing/keys.js";
import { walkPermissions } from "../testing/permission-walk.js";
import { createTestWorkspaces, type TestWorkspaces } from "../testing/workspaces.js";
import { audit, type AuditEntry } from "./audit.js";
import { auditListSchema } from "./audit-api.js";
import { auditRoutes } from "./audit-routes.js";
import { extendChains } from "./chain.js";

const [memberId, flowId, runId] = [uuidv7(), uuidv7(), uuidv7()];
const routesOf = () =>
  auditRoutes({ db: test.db, names: (_reader, ids) => Promise.resolve(new Map(ids.map((id) => [id, '=Mara "M"']))) });
let test: TestDatabase;
let workspaces: TestWorkspaces;
let app: TestApp;
let officer: Client;

beforeAll(async () => {
  test = await createTestDatabase();
  workspaces = await createTestWorkspaces(test.db, createTestKeys().vault);
  app = await startTestApp({ routes: routesOf() });
  officer = app.as(aToken(workspaces.here, "privacy_officer"));
  const by = { kind: "member", id: memberId } as const;
  await tell({ actor: by, action: "flow.published", target: { kind: "flow", id: flowId } });
  await tell({ actor: by, action: "run.cancelled", target: { kind: "run", id: runId } });
  await tell({ actor: { kind: "system", id: null }, action: "incident.run_stuck", target: { kind: "run", id: runId } });
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

const tell = (entry: Omit<AuditEntry, "workspaceId">) =>
  transact(test.db, (tx) => audit(tx, { workspaceId: workspaces.here, ...entry }));
const actions = async (query: string): Promise<string[]> => {
  const { json } = await officer("GET", `/api/audit?${query}`);
  return auditListSchema.parse(json).items.map(({ action }) => action);
};

describe("the audit", () => {
  it.each([
    ["one action", () => "action=run.cancelled", ["run.cancelled"]],
    ["one person", () => `actorId=${memberId}`, ["run.cancelled", "flow.published"]],
    ["one thing", () => `targetId=${runId}`, ["incident.run_stuck", "run.cancelled"]],
    ["a time to come", () => "from=2100-01-01T00:00:00Z", []],
    ["a time gone by", () => "until=2020-01-01T00:00:00Z", []],
  ])("is searched by %s", async (_what, query, expected) => {
    expect(await actions(query())).toEqual(expected);
  });

  it("names who did something, page by page, and nobody else's", async () => {
    const { json } = await officer("GET", `/api/audit?actorId=${memberId}&limit=1`);
    const page = auditListSchema.parse(json);
    expect(page.items).toMatchObject([{ actor: { kind: "member", id: memberId, name: '=Mara "M"' }, seq: null }]);
    expect(await actions(`actorId=${memberId}&limit=1&cursor=${page.next}`)).toEqual(["flow.published"]);
    const there = await app.as(aToken(workspaces.elsewhere))("GET", "/api/audit");
    expect(there.json).toMatchObject({ items: [] });
  });

  it("says how much of it is chained", async () => {
    const before = (await officer("GET", "/api/audit/chain")).json;
    expect(before).toMatchObject({ events: 0, signed: null });
    await transact(test.db, (tx) => extendChains(tx, 500));
    expect((await officer("GET", "/api/audit/chain")).json).toMatchObject({ unchained: 0, signed: null });
  });

  it("is taken along as a table that no spreadsheet takes for a formula, and tells that it was", async () => {
    const { text, headers } = await officer("GET", `/api/audit/export?format=csv&action=run.cancelled`);
    expect(headers.get("content-disposition")).toContain("audit.csv");
    const [header, line] = text.split("\r\n");
    expect(header).toBe("at,actor_kind,actor_id,actor,action,target_kind,target_id,data,seq,id");
    expect(line).toContain(`member,${memberId},"'=Mara ""M""",run.cancelled,run,${runId},{},`);
    expect(await actions("action=audit.exported")).toEqual(["audit.exported"]);
  });

  it("is taken along as JSON lines, all of it", async () => {
    const { text } = await officer("GET", "/api/audit/export?format=jsonl");
    const lines = text
      .trimEnd()
      .split("\n")
      .map((line) => auditListSchema.shape.items.element.parse(JSON.parse(line)));
    expect(lines.map(({ action }) => action)).toEqual(await actions("limit=200"));
  });

  it("is for whom its permission names, and nobody else", async () => {
    const walked = routesOf().filter(({ reply }) => reply !== "stream");
    expect(await walkPermissions(app, walked, workspaces.here)).toEqual([]);
    expect((await app.as(aToken(workspaces.here, "publisher"))("GET", "/api/audit/export")).status).toBe(403);
  });
});
