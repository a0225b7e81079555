import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { memberListSchema } from "../members/member-api.js";
import { createdTokenSchema } from "../members/token-api.js";
import { adminToken, aPerson, invite, publicUrl, useAccounts } from "../members/testing/accounts.js";
import { clientOf, type Answer, type Client } from "../testing/http.js";
import { scimUserListSchema, scimUserSchema, type ScimUser } from "./scim-api.js";
import { scimRoutes } from "./scim-routes.js";
import { createScimService } from "./scim-service.js";

const accounts = useAccounts((parts) =>
  scimRoutes({ service: createScimService(parts), publicUrl, forget: parts.authenticator.forget }),
);

const USERS = "/scim/v2/Users";
const scim = { "content-type": "application/scim+json" };
let directory: Client;
let admin: Client;

async function directoryOf(workspaceId?: string): Promise<Client> {
  const by = await adminToken(accounts, workspaceId);
  const { json } = await by("POST", "/api/tokens", { name: "Okta", permissions: ["members:provision"] });
  const { token } = createdTokenSchema.parse(json);
  const client = clientOf(accounts.app.url, { authorization: `Bearer ${token}` });
  return (method, path, body) => client(method, path, body, body ? scim : {});
}
beforeAll(async () => {
  admin = await adminToken(accounts);
  directory = await directoryOf();
});

let people = 0;
const aUser = (change: object = {}) => {
  people += 1;
  const userName = `Ada.${people}@Example.com`;
  return { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName, displayName: "Ada Lovelace", ...change };
};

async function made(change: object = {}): Promise<ScimUser> {
  const answer = await directory("POST", USERS, aUser(change));
  expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
  return scimUserSchema.parse(answer.json);
}

const found = async (filter: string) => {
  const { json } = await directory("GET", `${USERS}?filter=${encodeURIComponent(filter)}`);
  return scimUserListSchema.parse(json).Resources;
};

const patch = (id: string, ...Operations: object[]): Promise<Answer> =>
  directory("PATCH", `${USERS}/${id}`, { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations });

const memberOf = async (id: string) =>
  memberListSchema.parse((await admin("GET", "/api/members")).json).items.find((member) => member.id === id);

const isIn = async (call: Client): Promise<boolean> => (await call("GET", "/api/me")).status === 200;

describe("a directory", () => {
  it("makes a member, in its own media type, and finds them by the address in whatever letters", async () => {
    const wanted = aUser({ externalId: "00u1", roles: [{ value: "builder" }] });
    const answer = await directory("POST", USERS, wanted);
    expect(answer.headers.get("content-type")).toMatch(/^application\/scim\+json/);
    const user = scimUserSchema.parse(answer.json);
    expect(answer.headers.get("location")).toBe(user.meta.location);
    expect(user).toMatchObject({
      userName: wanted.userName,
      externalId: "00u1",
      active: true,
      displayName: "Ada Lovelace",
    });
    expect(await memberOf(user.id)).toMatchObject({
      name: "Ada Lovelace",
      role: "builder",
      active: true,
      hasPassword: false,
    });
    expect((await found(`userName eq "${wanted.userName.toLowerCase()}"`)).map(({ id }) => id)).toEqual([user.id]);
    expect((await found('externalId eq "00u1"')).map(({ id }) => id)).toEqual([user.id]);
    expect(await found('userName eq "nobody@example.com"')).toEqual([]);
    expect((await directory("GET", `${USERS}/${user.id}`)).json).toEqual(user);
  });

  it("sees members who were invited here, and links what it knows to them", async () => {
    const { member, email } = await invite(accounts);
    expect(await found(`userName eq "${email}"`)).toMatchObject([{ id: member.id, roles: [{ value: "builder" }] }]);
    const again = await directory("POST", USERS, aUser({ userName: email }));
    expect(again).toMatchObject({ status: 409, json: { scimType: "uniqueness", status: "409" } });
  });

  it("reads pages, from 1, as many as asked", async () => {
    await made();
    const all = scimUserListSchema.parse((await directory("GET", USERS)).json);
    expect(all.totalResults).toBe(all.Resources.length);
    const page = scimUserListSchema.parse((await directory("GET", `${USERS}?startIndex=2&count=1`)).json);
    expect(page).toMatchObject({ startIndex: 2, itemsPerPage: 1, totalResults: all.totalResults });
    expect(page.Resources).toEqual(all.Resources.slice(1, 2));
    expect(scimUserListSchema.parse((await directory("GET", `${USERS}?count=0`)).json).Resources).toEqual([]);
  });

  it("changes name, address and role, and keeps what it leaves out", async () => {
    const user = await made({ roles: [{ value: "builder" }], externalId: "a" });
    const userName = `other.${user.userName}`;
    const put = await directory("PUT", `${USERS}/${user.id}`, {
      userName,
      name: { givenName: "Ada", familyName: "King" },
    });
    expect(put.json).toMatchObject({ userName, displayName: "Ada King", roles: [{ value: "builder" }], active: true });
    expect(put.json).not.toHaveProperty("externalId");
    await patch(user.id, { op: "replace", path: "roles", value: [{ value: "viewer" }] });
    expect(await memberOf(user.id)).toMatchObject({ email: userName, name: "Ada King", role: "viewer" });
  });

  it("puts out whom it deactivates, at once, and lets them in again", async () => {
    const { member, call } = await aPerson(accounts);
    expect((await patch(member.id, { op: "replace", value: { active: false } })).json).toMatchObject({ active: false });
    expect(await isIn(call)).toBe(false);
    expect(await memberOf(member.id)).toMatchObject({ active: false });
    expect((await patch(member.id, { op: "Replace", path: "active", value: "True" })).json).toMatchObject({
      active: true,
    });
    expect(await memberOf(member.id)).toMatchObject({ active: true });
  });

  it("takes out whom it deletes: gone for it, kept here, and back as who they were", async () => {
    const { member, call, email } = await aPerson(accounts);
    const gone = await directory("DELETE", `${USERS}/${member.id}`);
    expect([gone.status, gone.text]).toEqual([204, ""]);
    expect(await isIn(call)).toBe(false);
    expect((await directory("GET", `${USERS}/${member.id}`)).status).toBe(404);
    expect((await directory("DELETE", `${USERS}/${member.id}`)).status).toBe(404);
    expect((await patch(member.id, { op: "replace", value: { active: true } })).status).toBe(404);
    expect(await found(`userName eq "${email}"`)).toEqual([]);
    expect(await memberOf(member.id)).toMatchObject({ active: false });
    expect(await made({ userName: email, displayName: "Grace" })).toMatchObject({ id: member.id, active: true });
    expect(await memberOf(member.id)).toMatchObject({ active: true, name: "Grace", role: "viewer" });
  });

  it("sees again whom an admin let in again", async () => {
    const user = await made();
    await directory("DELETE", `${USERS}/${user.id}`);
    await admin("PATCH", `/api/members/${user.id}`, { active: true });
    expect((await directory("GET", `${USERS}/${user.id}`)).status).toBe(200);
  });
});

describe("a directory is refused", () => {
  it("an admin's role for whoever is none, and may say it of who is one", async () => {
    const roles = [{ value: "admin" }];
    expect(await directory("POST", USERS, aUser({ roles }))).toMatchObject({
      status: 400,
      json: { scimType: "invalidValue" },
    });
    const user = await made();
    expect((await patch(user.id, { op: "replace", path: "roles", value: roles })).status).toBe(400);
    expect(await memberOf(user.id)).toMatchObject({ role: "viewer" });
    const { member } = await aPerson(accounts, "admin");
    expect((await patch(member.id, { op: "replace", path: "roles", value: roles })).status).toBe(200);
  });

  it("the last admin, by whichever way it takes them out", async () => {
    const { adminId } = accounts.workspaces;
    await sql`update member set role = 'viewer' where role = 'admin' and id <> ${adminId}`.execute(accounts.test.db);
    const last = {
      status: 409,
      json: { scimType: "mutability", schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"] },
    };
    expect(await directory("DELETE", `${USERS}/${adminId}`)).toMatchObject(last);
    expect(await patch(adminId, { op: "replace", value: { active: false } })).toMatchObject(last);
    expect(await patch(adminId, { op: "replace", path: "roles", value: "viewer" })).toMatchObject(last);
    expect(await memberOf(adminId)).toMatchObject({ role: "admin", active: true });
  });

  it("what makes no sense, in the protocol's own words", async () => {
    const user = await made();
    const answers = [
      [await directory("GET", `${USERS}?filter=${encodeURIComponent('title eq "x"')}`), 400, "invalidFilter"],
      [await directory("POST", USERS, { displayName: "Nobody" }), 400, "invalidValue"],
      [await directory("POST", USERS, { userName: "ada" }), 400, "invalidValue"],
      [await patch(user.id, { op: "replace", path: "title", value: "x" }), 400, "invalidPath"],
      [await directory("GET", `${USERS}/no-id`), 404, undefined],
      [await directory("PUT", `${USERS}/0192f000-0000-7000-8000-0000000000ff`, aUser()), 404, undefined],
    ] as const;
    for (const [answer, status, scimType] of answers) {
      expect([answer.status, answer.json]).toMatchObject([
        status,
        { status: String(status), detail: expect.any(String) as string },
      ]);
      expect((answer.json as { scimType?: string }).scimType).toBe(scimType);
      expect(answer.headers.get("content-type")).toMatch(/^application\/scim\+json/);
    }
  });

  it("another workspace's members, and everything else of this one", async () => {
    const elsewhere = await directoryOf(accounts.workspaces.elsewhere);
    const user = await made();
    expect((await elsewhere("GET", `${USERS}/${user.id}`)).status).toBe(404);
    expect((await elsewhere("DELETE", `${USERS}/${user.id}`)).status).toBe(404);
    expect(scimUserListSchema.parse((await elsewhere("GET", USERS)).json).totalResults).toBe(0);
    for (const path of ["/api/members", "/api/tokens"]) expect((await directory("GET", path)).status).toBe(403);
    const nobody = await accounts.app.anonymous("GET", USERS);
    expect(nobody).toMatchObject({ status: 401, json: { status: "401" } });
  });
});

it("what a directory does is in the audit, by its token and without a name", async () => {
  const user = await made();
  await patch(user.id, { op: "replace", value: { active: false } });
  await directory("DELETE", `${USERS}/${user.id}`);
  const { rows } = await sql<{ action: string; actor_kind: string; data: object }>`
    select action, actor_kind, data from audit_event where target_id = ${user.id} order by at, id`.execute(
    accounts.test.db,
  );
  expect(rows.map(({ action, actor_kind }) => `${actor_kind} ${action}`)).toEqual([
    "token member.provisioned",
    "token member.put_out",
    "token member.changed",
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/ada|lovelace/i);
});

it("the protocol says what of it there is", async () => {
  expect((await directory("GET", "/scim/v2/ServiceProviderConfig")).json).toMatchObject({
    patch: { supported: true },
    bulk: { supported: false },
    filter: { supported: true },
  });
  const { json } = await directory("GET", "/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User");
  const { attributes } = json as { attributes: { name: string }[] };
  expect(attributes.map(({ name }) => name)).toEqual(["userName", "displayName", "name", "active", "emails", "roles"]);
  expect((await directory("GET", "/scim/v2/Schemas")).json).toMatchObject({ totalResults: 1, Resources: [json] });
  expect((await directory("GET", "/scim/v2/ResourceTypes/User")).json).toMatchObject({ endpoint: "/Users" });
  expect((await directory("GET", "/scim/v2/ResourceTypes/Group")).status).toBe(404);
});
