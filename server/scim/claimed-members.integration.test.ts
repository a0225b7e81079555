import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { createdTokenSchema } from "../members/token-api.js";
import { adminToken, aPerson, publicUrl, useAccounts } from "../members/testing/accounts.js";
import { ALL_WAYS, equipped, waysOf } from "../members/testing/equipped.js";
import { clientOf, type Answer, type Client } from "../testing/http.js";
import { scimRoutes } from "./scim-routes.js";
import { createScimService } from "./scim-service.js";

const accounts = useAccounts((parts) =>
  scimRoutes({ service: createScimService(parts), publicUrl, forget: parts.authenticator.forget }),
);
const USERS = "/scim/v2/Users";
let directory: Client;

async function provisioner(): Promise<string> {
  const admin = await adminToken(accounts);
  const { json } = await admin("POST", "/api/tokens", { name: "Okta", permissions: ["members:provision"] });
  return createdTokenSchema.parse(json).token;
}
beforeAll(async () => {
  directory = clientOf(accounts.app.url, { authorization: `Bearer ${await provisioner()}` });
});

const patch = (id: string, value: object): Promise<Answer> =>
  directory(
    "PATCH",
    `${USERS}/${id}`,
    { Operations: [{ op: "replace", value }] },
    { "content-type": "application/scim+json" },
  );
const isIn = async (call: Client): Promise<boolean> => (await call("GET", "/api/me")).status === 200;

describe("the first time that a directory writes of a member", () => {
  it("ends what somebody signed in with who had only claimed the address", async () => {
    const impostor = await equipped(accounts);
    expect(await isIn(impostor.call)).toBe(true);
    expect(await waysOf(accounts, impostor)).toEqual(ALL_WAYS);
    const raised = await patch(impostor.member.id, { roles: [{ value: "privacy_officer" }] });
    expect(raised.status).toBe(200);
    expect(await waysOf(accounts, impostor)).toEqual([]);
    expect(await isIn(impostor.call)).toBe(false);
  });

  it("is once: what they set themselves since stays", async () => {
    const first = await equipped(accounts);
    await patch(first.member.id, { displayName: "Ada" });
    await sql`insert into member_password values (${first.member.id}, 'x', lw_now())`.execute(accounts.test.db);
    await patch(first.member.id, { displayName: "Ada King" });
    expect(await waysOf(accounts, first)).toEqual(["password"]);
  });

  it("ends nothing of an admin's, whom it neither makes nor shuts out", async () => {
    const admin = await equipped(accounts, "admin");
    expect((await patch(admin.member.id, { displayName: "Ada" })).status).toBe(200);
    expect(await waysOf(accounts, admin)).toEqual(ALL_WAYS);
    await patch(admin.member.id, { roles: [{ value: "viewer" }] });
    await patch(admin.member.id, { displayName: "Ada King" });
    expect(await waysOf(accounts, admin)).toEqual([]);
  });

  it("was when it made them", async () => {
    const userName = "made@example.com";
    const headers = { "content-type": "application/scim+json" };
    const { json } = await directory("POST", USERS, { userName }, headers);
    const { id } = json as { id: string };
    await sql`insert into member_password values (${id}, 'x', lw_now())`.execute(accounts.test.db);
    await patch(id, { displayName: "Ada" });
    const { rows } = await sql`select from member_password where member_id = ${id}`.execute(accounts.test.db);
    expect(rows).toHaveLength(1);
  });
});

describe("an admin's address", () => {
  it("is not the directory's to change, before they came in by the provider", async () => {
    const { member, email } = await aPerson(accounts, "admin");
    expect(await patch(member.id, { userName: "attacker@example.com" })).toMatchObject({
      status: 400,
      json: { scimType: "mutability" },
    });
    expect((await patch(member.id, { userName: email.toLowerCase() })).status).toBe(200);
    const { here } = accounts.workspaces;
    await sql`insert into oidc_provider (workspace_id, issuer, client_id, client_secret, label, domains, makes_members, first_role, exclusive, changed_at)
      values (${here}, 'https://sso.example', 'x', '', 'x', '{}', false, 'viewer', false, lw_now())`.execute(
      accounts.test.db,
    );
    expect((await patch(member.id, { userName: "attacker@example.com" })).status).toBe(400);
    await sql`insert into oidc_link values (${here}, 'https://sso.example', '', ${member.id}, lw_now())`.execute(
      accounts.test.db,
    );
    expect((await patch(member.id, { userName: "married@example.com" })).status).toBe(200);
    await sql`delete from oidc_link`.execute(accounts.test.db);
    await sql`delete from oidc_provider`.execute(accounts.test.db);
  });
});

it("members change their own address only while no token provisions and no provider signs in", async () => {
  const { call } = await aPerson(accounts, "viewer");
  const change = async (email: string) => (await call("PATCH", "/api/account", { email })).status;
  const { db } = accounts.test;
  expect(await change("own.1@example.com")).toBe(403);
  await sql`update api_token set revoked_at = lw_now()`.execute(db);
  expect(await change("own.2@example.com")).toBe(200);
  await adminToken(accounts);
  expect(await change("own.3@example.com")).toBe(403);
  await sql`update api_token set revoked_at = lw_now()`.execute(db);
  await sql`update api_token set revoked_at = null, role = null, permissions = '{members:provision}'`.execute(db);
  expect(await change("own.3@example.com")).toBe(403);
  await sql`update api_token set expires_at = lw_now()`.execute(db);
  expect(await change("own.3@example.com")).toBe(200);
});
