import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { aPerson, OTHER, PASSWORD, signIn } from "../members/testing/accounts.js";
import { ALL_WAYS, equipped, waysOf } from "../members/testing/equipped.js";
import { aStranger, comeIn, lastAudit, me, useOidc } from "./testing/use-oidc.js";

const oidc = useOidc();

describe("where a provider goes by addresses, a member", () => {
  it("gives themselves no other one, keeps their own and their name, and is given one by an admin", async () => {
    const { member, call, email } = await aPerson(oidc.accounts, "viewer");
    expect(await call("PATCH", "/api/account", { email: "dpo@example.com" })).toMatchObject({
      status: 403,
      json: { code: "address_by_admin" },
    });
    expect((await call("PATCH", "/api/account", { name: "Grace", email: email.toLowerCase() })).json).toMatchObject({
      name: "Grace",
      mayChangeEmail: false,
    });
    const given = await oidc.admin("PATCH", `/api/members/${member.id}`, { email: "given@example.com" });
    expect(given.json).toMatchObject({ email: "given@example.com" });
  });

  it("is not told whether somebody has the address that they ask for", async () => {
    const [asking, other] = [await aPerson(oidc.accounts, "viewer"), await aPerson(oidc.accounts)];
    const answer = await asking.call("PATCH", "/api/account", { email: other.email });
    expect(answer.json).toMatchObject({ code: "address_by_admin" });
  });

  it("who is an admin changes their own", async () => {
    const { call } = await aPerson(oidc.accounts, "admin");
    expect((await call("PATCH", "/api/account", { email: "boss@example.com" })).json).toMatchObject({
      email: "boss@example.com",
      mayChangeEmail: true,
    });
  });
});

it("a session that ended, but is believed for a moment longer, sets no password", async () => {
  const { member, call } = await aPerson(oidc.accounts);
  expect((await call("GET", "/api/me")).status).toBe(200);
  await sql`delete from session where member_id = ${member.id}`.execute(oidc.accounts.test.db);
  const given = { current: PASSWORD, password: OTHER };
  expect((await call("PUT", "/api/account/password", given)).status).toBe(401);
});

describe("whose address somebody else had taken", () => {
  it("is alone in the account from their first sign-in by the provider", async () => {
    const impostor = await equipped(oidc.accounts);
    expect(await waysOf(oidc.accounts, impostor)).toEqual(ALL_WAYS);
    expect((await impostor.call("GET", "/api/me")).status).toBe(200);
    const { browser } = await comeIn(oidc, aStranger({ email: impostor.email }));
    expect((await me(browser)).id).toBe(impostor.member.id);
    expect(await waysOf(oidc.accounts, impostor)).toEqual(["session"]);
    expect((await impostor.call("GET", "/api/me")).status).toBe(401);
    expect((await lastAudit(oidc, "member.credentials_ended"))?.target_id).toBe(impostor.member.id);
  });

  it("is not come into by an open link once an admin unlinked it", async () => {
    const person = await aPerson(oidc.accounts);
    await comeIn(oidc, aStranger({ email: person.email }));
    expect((await oidc.admin("POST", `/api/members/${person.member.id}/link`, {})).status).toBe(201);
    expect(await waysOf(oidc.accounts, person)).toContain("link");
    await oidc.admin("DELETE", `/api/members/${person.member.id}/provider-link`);
    expect(await waysOf(oidc.accounts, person)).toEqual([]);
  });

  it("keeps what they set themselves since", async () => {
    const { email, member } = await aPerson(oidc.accounts);
    const person = aStranger({ email });
    const { browser } = await comeIn(oidc, person);
    expect((await browser.call("PUT", "/api/account/password", { password: OTHER })).status).toBe(200);
    expect((await me((await comeIn(oidc, person)).browser)).id).toBe(member.id);
    expect((await signIn(oidc.accounts, { email, password: PASSWORD })).status).toBe(401);
    expect((await signIn(oidc.accounts, { email, password: OTHER })).status).toBe(200);
  });
});
