import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { contactOf, own, say, useAging, vault } from "../retention/testing/aging.js";
import { aToken, startTestApp, type TestApp } from "../testing/http.js";
import { peopleRoutes } from "./people-routes.js";

useAging();
let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ routes: peopleRoutes({ db: own.db, vault }) });
});
afterAll(() => app.close());

it.each([
  ["GET", "/export?format=html", undefined, "person.exported"],
  ["GET", "/export?format=json", undefined, "person.exported"],
  ["PATCH", "", { name: "Jane Right" }, "person.rectified"],
] as const)(
  "%s of a person%s is audited, by whom and of whom, without their name",
  async (method, path, body, action) => {
    await say({});
    const contactId = await contactOf();
    const actor = aToken(own.workspaces.here);
    const { status, text } = await app.as(actor)(method, `/api/privacy/contacts/${contactId}${path}`, body);
    expect(status, text).toBe(200);
    const { rows } = await sql<object>`
    select * from audit_event where target_kind = 'contact' and target_id = ${contactId}`.execute(own.db);
    expect(rows).toMatchObject([{ action, actor_kind: "token", actor_id: actor.id, workspace_id: actor.workspaceId }]);
    expect(JSON.stringify(rows)).not.toContain("Jane");
  },
);

it("who is not known is neither exported nor put right, and nothing of it is audited", async () => {
  await say({});
  const stranger = app.as(aToken(own.workspaces.elsewhere));
  const path = `/api/privacy/contacts/${await contactOf()}`;
  expect((await stranger("GET", `${path}/export?format=json`)).status).toBe(404);
  expect((await stranger("PATCH", path, { name: "Jane Wrong" })).status).toBe(404);
  const { rows } = await sql`select from audit_event where target_id = ${path.split("/").at(-1)}`.execute(own.db);
  expect(rows).toEqual([]);
});
