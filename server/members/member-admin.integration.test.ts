import { describe, expect, it } from "vitest";
import { aToken, startTestApp } from "../testing/http.js";
import { walkPermissions } from "../testing/permission-walk.js";
import { invitedSchema, memberLinkSchema, memberListSchema } from "./member-api.js";
import {
  adminToken,
  aPerson,
  byLink,
  invite,
  partsOf,
  PASSWORD,
  signedIn,
  signIn,
  useAccounts,
} from "./testing/accounts.js";

const accounts = useAccounts();

describe("an invited member", () => {
  it("is handed a link by whoever invites, and is in the list", async () => {
    const { member, call } = await invite(accounts, "viewer");
    expect(member).toMatchObject({ name: "Grace Hopper", role: "viewer", active: true, hasPassword: false });
    expect((await call("GET", "/api/me")).json).toMatchObject({ member: { id: member.id, role: "viewer" } });
    const { items } = memberListSchema.parse((await (await adminToken(accounts))("GET", "/api/members")).json);
    expect(items.find(({ id }) => id === member.id)).toMatchObject({
      email: member.email,
      lastSeenAt: expect.any(String) as string,
    });
  });

  it("has an address of their own", async () => {
    const { email } = await invite(accounts);
    const again = await (
      await adminToken(accounts)
    )("POST", "/api/members", { name: "G", email: ` ${email.toUpperCase()}`.trim(), role: "viewer" });
    expect(again).toMatchObject({ status: 409, json: { code: "email_taken" } });
  });

  it("can do no more than their role from the moment that it changes, and nothing once they are put out", async () => {
    const { member, call } = await aPerson(accounts, "admin");
    const admin = await adminToken(accounts);
    expect((await call("GET", "/api/members")).status).toBe(200);
    await admin("PATCH", `/api/members/${member.id}`, { role: "viewer" });
    expect((await call("GET", "/api/me")).status).toBe(401);
    const again = signedIn(accounts, await signIn(accounts, { email: member.email ?? "", password: PASSWORD }));
    expect((await again("GET", "/api/members")).status).toBe(403);
    await admin("PATCH", `/api/members/${member.id}`, { active: false });
    expect((await again("GET", "/api/me")).status).toBe(401);
    expect((await signIn(accounts, { email: member.email ?? "", password: PASSWORD })).status).toBe(401);
    expect((await admin("POST", `/api/members/${member.id}/link`, {})).status).toBe(409);
    await admin("PATCH", `/api/members/${member.id}`, { active: true });
    expect((await signIn(accounts, { email: member.email ?? "", password: PASSWORD })).status).toBe(200);
  });

  it("of another workspace is not there", async () => {
    const { member } = await invite(accounts);
    const there = await adminToken(accounts, accounts.workspaces.elsewhere);
    expect((await there("PATCH", `/api/members/${member.id}`, { role: "admin" })).status).toBe(404);
    expect((await there("POST", `/api/members/${member.id}/link`, {})).status).toBe(404);
    expect((await there("GET", "/api/members")).json).toEqual({ items: [] });
  });
});

describe("a member who may do what an admin may not", () => {
  const REFUSED = { status: 403, json: { code: "more_than_own" } };
  const officer = { name: "Olive", email: "olive@example.com", role: "privacy_officer" };

  it("is invited by a person, who gives their first links; from then on nobody else signs in as them", async () => {
    const { call: admin } = await aPerson(accounts, "admin");
    const answer = await admin("POST", "/api/members", officer);
    expect(answer.status).toBe(201);
    const { member } = invitedSchema.parse(answer.json);
    const again = await admin("POST", `/api/members/${member.id}/link`, {});
    expect(again.status).toBe(201);
    expect(await (await adminToken(accounts))("POST", `/api/members/${member.id}/link`, {})).toMatchObject(REFUSED);
    const call = await byLink(accounts, memberLinkSchema.parse(again.json).url);
    expect((await call("GET", "/api/me")).status).toBe(200);
    await call("DELETE", "/api/session");
    for (const [method, path, body] of [
      ["POST", "/link", {}],
      ["PATCH", "", { role: "viewer" }],
      ["PATCH", "", { email: "mine@example.com" }],
    ] as const)
      expect(await admin(method, `/api/members/${member.id}${path}`, body)).toMatchObject(REFUSED);
    for (const active of [false, true])
      expect((await admin("PATCH", `/api/members/${member.id}`, { name: "Olive O.", active })).status).toBe(200);
  });

  it("is made by no token, neither invited nor by a change of role", async () => {
    const admin = await adminToken(accounts);
    const { member } = await invite(accounts);
    expect(await admin("POST", "/api/members", { ...officer, email: "other@example.com" })).toMatchObject(REFUSED);
    expect(await admin("PATCH", `/api/members/${member.id}`, { role: officer.role })).toMatchObject(REFUSED);
    expect((await admin("PATCH", `/api/members/${member.id}`, { role: "admin" })).status).toBe(200);
    expect((await admin("POST", `/api/members/${member.id}/link`, {})).status).toBe(201);
  });
});

it("the last admin who may sign in stays one, even when two leave at once", async () => {
  const admin = await adminToken(accounts);
  const { items } = memberListSchema.parse((await admin("GET", "/api/members")).json);
  const admins = items.filter(({ role, active }) => role === "admin" && active);
  const leaving = await Promise.all(admins.map(({ id }) => admin("PATCH", `/api/members/${id}`, { role: "viewer" })));
  const refusals = leaving.filter(({ status }) => status === 409);
  expect(refusals).toHaveLength(1);
  expect(refusals[0]?.json).toMatchObject({ code: "last_admin" });
  for (const { id } of admins) await admin("PATCH", `/api/members/${id}`, { role: "admin" });
});

it("its routes let in whom their permission names, and nobody else", async () => {
  const { routes } = partsOf(accounts);
  const admin = routes.filter(({ access }) => access === "members:manage");
  const walked = await startTestApp({ routes: admin });
  expect(await walkPermissions(walked, admin, accounts.workspaces.here)).toEqual([]);
  expect((await walked.as(aToken(accounts.workspaces.here, "publisher"))("GET", "/api/members")).status).toBe(403);
  await walked.close();
});
