import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { aToken, startTestApp, type Client, type TestApp } from "../testing/http.js";
import { createTestKeys } from "../testing/keys.js";
import { walkPermissions } from "../testing/permission-walk.js";
import { createTestWorkspaces, type TestWorkspaces } from "../testing/workspaces.js";
import { settingsRoutes } from "./settings-routes.js";

let test: TestDatabase;
let workspaces: TestWorkspaces;
let app: TestApp;
let admin: Client;
beforeAll(async () => {
  test = await createTestDatabase();
  workspaces = await createTestWorkspaces(test.db, createTestKeys().vault);
  app = await startTestApp({ routes: settingsRoutes(test) });
  admin = app.as(aToken(workspaces.here));
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

async function aConnection(workspaceId: string, connector: string): Promise<string> {
  const id = uuidv7();
  await sql`insert into connection (id, workspace_id, connector, name, config, secret_inbound, secret_outbound, secrets_set, state, account, target, created_at)
    values (${id}, ${workspaceId}, ${connector}, 'x', '{}', '', '', '{}', 'ok', '', '', lw_now())`.execute(test.db);
  return id;
}
const empty = { noticeChannel: null, fourEyes: false, employeeGroup: 5, publishers: 1 };

const save = (connectionId: string) =>
  admin("PUT", "/api/settings", { noticeChannel: { connectionId, channel: "C1" } });

describe("the settings", () => {
  it("begin empty and keep what is saved", async () => {
    expect((await admin("GET", "/api/settings")).json).toEqual(empty);
    const connectionId = await aConnection(workspaces.here, "slack");
    const saved = { noticeChannel: { connectionId, channel: "C1" } };
    expect(await save(connectionId)).toMatchObject({ status: 200, json: saved });
    expect((await admin("GET", "/api/settings")).json).toEqual({ ...empty, ...saved });
    expect((await app.as(aToken(workspaces.elsewhere))("GET", "/api/settings")).json).toMatchObject({
      noticeChannel: null,
    });
  });

  it("take no channel of another workspace, nor of another product", async () => {
    expect((await save(await aConnection(workspaces.elsewhere, "slack"))).status).toBe(400);
    expect((await save(await aConnection(workspaces.here, "jira"))).status).toBe(400);
    expect((await save(uuidv7())).status).toBe(400);
  });

  it("forget a channel whose connection is gone", async () => {
    const connectionId = await aConnection(workspaces.here, "slack");
    await save(connectionId);
    await sql`delete from connection where id = ${connectionId}`.execute(test.db);
    expect((await admin("GET", "/api/settings")).json).toEqual(empty);
  });

  it("keep what a change leaves out", async () => {
    const connectionId = await aConnection(workspaces.here, "slack");
    await save(connectionId);
    expect(await admin("PUT", "/api/settings", { fourEyes: true })).toMatchObject({
      json: { noticeChannel: { connectionId }, fourEyes: true },
    });
    expect(await admin("PUT", "/api/settings", { noticeChannel: null })).toMatchObject({ json: { fourEyes: true } });
    await admin("PUT", "/api/settings", { fourEyes: false });
  });

  it("say how many could publish for one another", async () => {
    for (const [role, active] of [
      ["admin", true],
      ["publisher", true],
      ["publisher", false],
      ["builder", true],
    ] as const)
      await sql`insert into member (id, workspace_id, subject_id, role, name, active, created_at)
        values (${uuidv7()}, ${workspaces.here}, ${uuidv7()}, ${role}, '', ${active}, lw_now())`.execute(test.db);
    expect((await admin("GET", "/api/settings")).json).toMatchObject({ publishers: 3 });
    await sql`delete from member where length(name) = 0`.execute(test.db);
  });

  it("show what employees say from three people on at the least; the audit tells of a change", async () => {
    for (const [employeeGroup, status] of [
      [2, 400],
      [3, 200],
      [8, 200],
      [101, 400],
      [5, 200],
    ] as const)
      expect([employeeGroup, (await admin("PUT", "/api/settings", { employeeGroup })).status]).toEqual([
        employeeGroup,
        status,
      ]);
    const { rows } = await sql<{ data: unknown }>`
      select data from audit_event where action = 'settings.employee_group_changed' order by id`.execute(test.db);
    expect(rows.map(({ data }) => data)).toEqual([
      { from: 5, to: 3 },
      { from: 3, to: 8 },
      { from: 8, to: 5 },
    ]);
  });

  it("are for whom their permissions name, and nobody else", async () => {
    expect(await walkPermissions(app, settingsRoutes(test), workspaces.here)).toEqual([]);
  });
});
