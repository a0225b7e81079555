import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { transact } from "../../workflows/ledger/transact.js";
import type { Actor } from "../http/route.js";
import { aToken, clientOf, type Client } from "../testing/http.js";
import { createApiToken } from "./api-tokens.js";
import { createdTokenSchema, tokenListSchema, type CreateToken } from "./token-api.js";
import { adminToken, aPerson, useAccounts } from "./testing/accounts.js";

const accounts = useAccounts();

async function make(by: Client, wanted: object) {
  const answer = await by("POST", "/api/tokens", { name: "ci", ...wanted });
  expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
  const made = createdTokenSchema.parse(answer.json);
  return { ...made, call: clientOf(accounts.app.url, { authorization: `Bearer ${made.token}` }) };
}

const permissionsNow = async (call: Client): Promise<unknown> => {
  const { json, status } = await call("GET", "/api/me");
  return status === 200 ? (json as { permissions: string[] }).permissions : status;
};

async function aFlow(workspaceId: string): Promise<string> {
  const id = uuidv7();
  await sql`
    insert into flow (id, workspace_id, name, state, draft, draft_revision, draft_saved_at, draft_editors, created_at)
    values (${id}, ${workspaceId}, 'x', 'draft', '{}', 0, lw_now(), '{}', lw_now())`.execute(accounts.test.db);
  return id;
}

describe("a token's permissions", () => {
  it("are its role's, or those that it names", async () => {
    const admin = await adminToken(accounts);
    expect(await permissionsNow((await make(admin, { role: "viewer" })).call)).toContain("feedback:read");
    const narrow = await make(admin, { permissions: ["runs:read", "flows:read"] });
    expect(await permissionsNow(narrow.call)).toEqual(["flows:read", "runs:read"]);
    expect((await narrow.call("GET", "/api/tokens")).status).toBe(403);
  });

  it("are a role or a list, and never what would give it all the others", async () => {
    const admin = await adminToken(accounts);
    for (const wrong of [
      {},
      { role: "viewer", permissions: ["flows:read"] },
      { permissions: [] },
      { permissions: ["tokens:manage"] },
      { permissions: ["members:manage"] },
      { permissions: ["flows:dance"] },
    ])
      expect((await admin("POST", "/api/tokens", { name: "x", ...wrong })).status).toBe(400);
  });

  it("are never given by who may not do the same: not by a role, not one by one, not by a token", async () => {
    const { here } = accounts.workspaces;
    const [publisher, narrow] = [
      aToken(here, "publisher"),
      { ...aToken(here, null), scope: { permissions: ["flows:read" as const] } },
    ];
    const give = (by: Actor, wanted: Pick<CreateToken, "role" | "permissions">) =>
      transact(accounts.test.db, (tx) => createApiToken(tx, by, { name: "x", expiresInDays: 1, ...wanted }));
    const tooMuch: readonly Parameters<typeof give>[1][] = [
      { role: "admin" },
      { permissions: ["flows:read", "members:provision"] },
    ];
    for (const wanted of tooMuch)
      for (const by of [publisher, narrow])
        await expect(give(by, wanted)).rejects.toMatchObject({ status: 403, code: "forbidden" });
    expect((await give(publisher, { role: "builder" })).row).toMatchObject({ role: "builder" });
    expect((await give(narrow, { permissions: ["flows:read"] })).row).toMatchObject({ permissions: ["flows:read"] });
  });

  it("are never more than its maker's, who may do less by now", async () => {
    const maker = await aPerson(accounts, "admin");
    const { call } = await make(maker.call, { role: "publisher" });
    const admin = await adminToken(accounts);
    expect(await permissionsNow(call)).toContain("flows:publish");
    await admin("PATCH", `/api/members/${maker.member.id}`, { role: "builder" });
    expect(await permissionsNow(call)).not.toContain("flows:publish");
    expect(await permissionsNow(call)).toContain("flows:edit");
  });

  it("sleep while its maker is put out, and so do those of a token that it made", async () => {
    const maker = await aPerson(accounts, "admin");
    const first = await make(maker.call, { role: "admin" });
    const second = await make(first.call, { permissions: ["flows:read"] });
    const admin = await adminToken(accounts);
    await admin("PATCH", `/api/members/${maker.member.id}`, { active: false });
    expect([await permissionsNow(first.call), await permissionsNow(second.call)]).toEqual([401, 401]);
    const { items } = tokenListSchema.parse((await admin("GET", "/api/tokens")).json);
    expect(items.find(({ id }) => id === second.id)).toMatchObject({ active: false });
    await admin("PATCH", `/api/members/${maker.member.id}`, { active: true });
    expect(await permissionsNow(second.call)).toEqual(["flows:read"]);
  });
});

describe("a token's end and name", () => {
  it("is ninety days away unless told, and a year at most", async () => {
    const admin = await adminToken(accounts);
    const { expiresAt, createdAt } = await make(admin, { role: "viewer" });
    expect(Date.parse(expiresAt ?? "") - Date.parse(createdAt)).toBe(90 * 86_400_000);
    for (const expiresInDays of [0, 366, null])
      expect((await admin("POST", "/api/tokens", { name: "x", role: "viewer", expiresInDays })).status).toBe(400);
  });

  it("is told by how it begins, and nothing that is stored opens a door", async () => {
    const { prefix, token, id } = await make(await adminToken(accounts), { role: "viewer" });
    expect(token.startsWith(prefix ?? "-")).toBe(true);
    expect(prefix).toHaveLength(8);
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(api_token)::text as row from api_token where id = ${id}`.execute(accounts.test.db);
    expect(rows[0]?.row).not.toContain(token.slice(8));
  });
});

describe("the things that a token is limited to", () => {
  it("are of its workspace", async () => {
    const admin = await adminToken(accounts);
    const [here, elsewhere] = [await aFlow(accounts.workspaces.here), await aFlow(accounts.workspaces.elsewhere)];
    expect(await make(admin, { role: "viewer", flowIds: [here] })).toMatchObject({ flowIds: [here], sourceIds: null });
    expect(await admin("POST", "/api/tokens", { name: "x", role: "viewer", flowIds: [elsewhere] })).toMatchObject({
      status: 422,
      json: { code: "not_of_this_workspace" },
    });
  });

  it("take from it what concerns the whole workspace", async () => {
    const admin = await adminToken(accounts);
    const flowIds = [await aFlow(accounts.workspaces.here)];
    const { call } = await make(admin, { role: "admin", flowIds });
    expect(await permissionsNow(call)).not.toContain("tokens:manage");
    expect((await call("GET", "/api/tokens")).status).toBe(403);
    const wrong = { name: "x", permissions: ["audit:read"], flowIds };
    expect((await admin("POST", "/api/tokens", wrong)).status).toBe(400);
  });
});
