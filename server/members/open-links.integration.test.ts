import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { memberLinkSchema } from "./member-api.js";
import { adminToken, aPerson, OTHER, useAccounts, type Invited } from "./testing/accounts.js";

const accounts = useAccounts();

async function openLink({ member }: Invited): Promise<() => Promise<number>> {
  const answer = await (await adminToken(accounts))("POST", `/api/members/${member.id}/link`, {});
  const { pathname, search } = new URL(memberLinkSchema.parse(answer.json).url);
  return async () => (await accounts.app.anonymous("GET", pathname + search)).status;
}

const change = async ({ member }: Invited, body: object) =>
  expect((await (await adminToken(accounts))("PATCH", `/api/members/${member.id}`, body)).status).toBe(200);

describe("a sign-in link that nobody used yet", () => {
  it("is good still after another name", async () => {
    const person = await aPerson(accounts);
    const use = await openLink(person);
    await change(person, { name: "Grace" });
    expect(await use()).toBe(303);
  });

  it("ends with the access of whom it is for, also where they are let in again", async () => {
    const person = await aPerson(accounts);
    const use = await openLink(person);
    await change(person, { active: false });
    await change(person, { active: true });
    expect(await use()).toBe(410);
  });

  it("does not let in whoever may not come in, whatever became of the link", async () => {
    const person = await aPerson(accounts);
    const use = await openLink(person);
    await sql`update member set active = false where id = ${person.member.id}`.execute(accounts.test.db);
    expect(await use()).toBe(410);
  });

  it("ends with a change of role", async () => {
    const person = await aPerson(accounts, "admin");
    const use = await openLink(person);
    await change(person, { role: "viewer" });
    expect(await use()).toBe(410);
  });

  it("ends with a new password", async () => {
    const person = await aPerson(accounts);
    const use = await openLink(person);
    expect((await person.call("PUT", "/api/account/password", { password: OTHER })).status).toBe(200);
    expect(await use()).toBe(410);
  });

  it("of somebody else stays", async () => {
    const [person, other] = [await aPerson(accounts), await aPerson(accounts)];
    const use = await openLink(other);
    await change(person, { active: false });
    expect(await use()).toBe(303);
  });
});
