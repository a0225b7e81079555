import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import type { Answer } from "../testing/http.js";
import { hasAdminWithCredentials } from "./account-store.js";
import { memberLinkSchema } from "./member-api.js";
import {
  adminToken,
  aPerson,
  byLink,
  invite,
  OTHER,
  PASSWORD,
  publicUrl,
  signedIn,
  signIn,
  useAccounts,
} from "./testing/accounts.js";

const accounts = useAccounts();

describe("a password", () => {
  it("signs in, whatever way the address is written", async () => {
    const { member, email } = await aPerson(accounts);
    const call = signedIn(accounts, await signIn(accounts, { email: email.toLowerCase(), password: PASSWORD }));
    expect((await call("GET", "/api/me")).json).toMatchObject({ member: { id: member.id } });
  });

  it("that is wrong, and an address that nobody has, are refused with the same words", async () => {
    const { email } = await aPerson(accounts);
    const [wrong, unknown] = [
      await signIn(accounts, { email, password: OTHER }),
      await signIn(accounts, { email: "nobody@example.com", password: OTHER }),
    ];
    expect(wrong.status).toBe(401);
    expect(wrong.headers.has("set-cookie")).toBe(false);
    const words = ({ json }: Answer) => ({ ...(json as object), requestId: "" });
    expect(words(wrong)).toEqual(words(unknown));
  });

  it.each([
    ["short", "too short", 400],
    ["aaaaaaaaaaaaaa", "repeating itself", 422],
    ["grace hopper was here", "their own name", 422],
  ])("%j is refused: %s", async (password, _why, status) => {
    const { call } = await invite(accounts);
    expect((await call("PUT", "/api/account/password", { password })).status).toBe(status);
  });

  it("is changed by who knows the one before, and ends every other session", async () => {
    const { email, call } = await aPerson(accounts);
    const [mine, other] = [
      signedIn(accounts, await signIn(accounts, { email, password: PASSWORD })),
      signedIn(accounts, await signIn(accounts, { email, password: PASSWORD })),
    ];
    for (const current of [OTHER, undefined])
      expect((await mine("PUT", "/api/account/password", { current, password: OTHER })).json).toMatchObject({
        code: "wrong_password",
      });
    expect((await mine("PUT", "/api/account/password", { current: PASSWORD, password: OTHER })).status).toBe(200);
    for (const ended of [other, call]) expect((await ended("GET", "/api/me")).status).toBe(401);
    expect((await mine("GET", "/api/me")).status).toBe(200);
    expect((await signIn(accounts, { email, password: PASSWORD })).status).toBe(401);
    expect((await signIn(accounts, { email, password: OTHER })).status).toBe(200);
  });

  it("that was lost is mended by a link: it asks for nothing of before", async () => {
    const { email, member } = await aPerson(accounts);
    const answer = await (await adminToken(accounts))("POST", `/api/members/${member.id}/link`, {});
    const call = await byLink(accounts, memberLinkSchema.parse(answer.json).url);
    expect((await call("GET", "/api/account")).json).toMatchObject({ byLink: true, hasPassword: true });
    expect((await call("PUT", "/api/account/password", { password: OTHER })).status).toBe(200);
    expect((await signIn(accounts, { email, password: OTHER })).status).toBe(200);
  });

  it("is stored as argon2id, and its address sealed", async () => {
    const { email } = await aPerson(accounts);
    const { rows } = await sql<{ hash: string }>`select hash from member_password`.execute(accounts.test.db);
    expect(rows.every(({ hash }) => hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"))).toBe(true);
    const { rows: members } = await sql<{ email: Buffer | null }>`select email from member`.execute(accounts.test.db);
    expect(members.some(({ email: sealed }) => sealed?.includes(email))).toBe(false);
  });

  it("needs an address to go with it", async () => {
    const link = await (await adminToken(accounts))("POST", `/api/members/${accounts.workspaces.adminId}/link`, {});
    const call = await byLink(accounts, memberLinkSchema.parse(link.json).url);
    expect((await call("PUT", "/api/account/password", { password: PASSWORD })).json).toMatchObject({
      code: "email_needed",
    });
    await call("PATCH", "/api/account", { email: "first@example.com" });
    expect((await call("PUT", "/api/account/password", { password: PASSWORD })).json).toMatchObject({
      email: "first@example.com",
      hasPassword: true,
    });
    expect(await hasAdminWithCredentials(accounts.test.db, publicUrl)).toBe(true);
  });

  it("is guessed five times, then not for a while, also where the sixth is right", async () => {
    const { email } = await aPerson(accounts);
    for (const _guess of [1, 2, 3, 4, 5]) expect((await signIn(accounts, { email, password: OTHER })).status).toBe(401);
    expect(await signIn(accounts, { email, password: PASSWORD })).toMatchObject({
      status: 429,
      json: { code: "too_many_sign_ins" },
    });
    await sql`update sign_in_failure set since = since - interval '16 minutes'`.execute(accounts.test.db);
    expect((await signIn(accounts, { email, password: PASSWORD })).status).toBe(200);
  });

  it("given on somebody else's page signs nobody in", async () => {
    const { email } = await aPerson(accounts);
    expect((await signIn(accounts, { email, password: PASSWORD }, { "sec-fetch-site": "cross-site" })).status).toBe(
      403,
    );
    expect((await signIn(accounts, { email, password: PASSWORD }, {})).status).toBe(403);
  });
});
