import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { hasAdminWithCredentials } from "../members/account-store.js";
import { PASSWORD, aPerson, invite, signedIn, signIn, turnOnCodes } from "../members/testing/accounts.js";
import { MOST_PASSKEYS, passkeySchema } from "./passkey-api.js";
import { makePasskey, ORIGIN, showPasskey } from "./testing/authenticator.js";
import { add, listed, offered, usePasskeys } from "./testing/use-passkeys.js";

const { accounts, asked, show, aHolder, toldOf } = usePasskeys();

describe("a passkey", () => {
  it("signs in who added it, by itself", async () => {
    const { member, passkey, call } = await aHolder();
    const answer = await show(showPasskey(passkey, await asked()));
    expect(answer.status).toBe(200);
    const session = signedIn(accounts, answer);
    expect((await session("GET", "/api/me")).json).toMatchObject({ member: { id: member.id } });
    expect((await session("GET", "/api/account/sessions")).json).toMatchObject({
      items: [{ method: "passkey", current: true }, { method: "link" }],
    });
    expect((await listed(call))[0]).toMatchObject({
      name: "Laptop",
      works: true,
      lastUsedAt: expect.any(String) as string,
    });
    expect(await toldOf(member.id)).toMatchObject([
      {},
      {},
      {},
      { action: "member.passkey_added" },
      { action: "member.signed_in", method: "passkey" },
    ]);
  });

  it("asks for a fingerprint, face or PIN, and to be found without an address", async () => {
    const { call } = await invite(accounts);
    expect(await offered(call)).toMatchObject({
      rp: { id: "localhost" },
      attestation: "none",
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
    expect(await asked()).toMatchObject({ rpId: "localhost", userVerification: "required" });
  });

  it("whose device does not count signs in again and again", async () => {
    const { passkey } = await aHolder();
    for (const _time of [1, 2])
      expect((await show(showPasskey(passkey, await asked(), { counter: 0 }))).status).toBe(200);
  });

  it("is named, listed and removed by whose it is alone", async () => {
    const { call } = await aHolder();
    const { call: other } = await aHolder();
    const [{ id } = { id: "" }] = await listed(call);
    const path = `/api/account/passkeys/${id}`;
    expect((await other("PATCH", path, { name: "Mine" })).status).toBe(404);
    expect((await other("DELETE", path)).status).toBe(404);
    expect(passkeySchema.parse((await call("PATCH", path, { name: "Phone" })).json).name).toBe("Phone");
    expect((await call("DELETE", path)).status).toBe(200);
    expect(await listed(call)).toEqual([]);
    expect(await listed(other)).toHaveLength(1);
  });

  it("is one of ten at most, and of one person alone", async () => {
    const { call } = await invite(accounts);
    for (let made = 1; made < MOST_PASSKEYS; made += 1) await add(call);
    const [first, second] = [makePasskey(await offered(call)), makePasskey(await offered(call))];
    const both = [first, second].map(({ credential }) =>
      call("POST", "/api/account/passkeys", { name: "x", credential }),
    );
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await offered(call)).toMatchObject({ code: "passkeys_full" });
  });

  it("is added by who knows the password, unless they came by a link", async () => {
    const { email } = await aPerson(accounts);
    const call = signedIn(accounts, await signIn(accounts, { email, password: PASSWORD }));
    for (const current of [undefined, "six loud tractors"])
      expect((await call("POST", "/api/account/passkeys/options", { current })).json).toMatchObject({
        code: "wrong_password",
      });
    expect((await call("POST", "/api/account/passkeys/options", { current: PASSWORD })).status).toBe(200);
  });

  it("is removed by who knows the password, unless they came by a link", async () => {
    const { email, call: byLink } = await aPerson(accounts);
    const call = signedIn(accounts, await signIn(accounts, { email, password: PASSWORD }));
    await add(byLink);
    await add(byLink);
    const [one, other] = (await listed(byLink)).map(({ id }) => `/api/account/passkeys/${id}`);
    for (const body of [undefined, {}, { current: "six loud tractors" }])
      expect(await call("DELETE", one!, body)).toMatchObject({ status: 422, json: { code: "wrong_password" } });
    expect(await listed(byLink)).toHaveLength(2);
    expect((await call("DELETE", one!, { current: PASSWORD })).status).toBe(200);
    expect((await byLink("DELETE", other!)).status).toBe(200);
    expect(await listed(byLink)).toEqual([]);
  });
});

describe("whoever has a passkey", () => {
  it("is not signed in by their password alone, whatever code they type; one for another host changes nothing", async () => {
    const { email, call } = await aPerson(accounts);
    const passkey = await add(call);
    for (const given of [{}, { code: "123456" }])
      expect(await signIn(accounts, { email, password: PASSWORD, ...given })).toMatchObject({
        status: 401,
        json: { code: "passkey_needed" },
      });
    expect((await show(showPasskey(passkey, await asked()))).status).toBe(200);
    await sql`update passkey set rp_id = 'loop.acme.example' where credential_id = ${passkey.id}`.execute(
      accounts.test.db,
    );
    expect((await signIn(accounts, { email, password: PASSWORD })).status).toBe(200);
  });

  it("is signed in by it without a code, also where they have codes", async () => {
    const { call } = await aPerson(accounts);
    const passkey = await add(call);
    await turnOnCodes(accounts, call);
    expect((await show(showPasskey(passkey, await asked()))).status).toBe(200);
  });

  it("has more than a link to sign in with", async () => {
    const { db } = accounts.test;
    expect(await hasAdminWithCredentials(db, ORIGIN)).toBe(false);
    const { call, member } = await invite(accounts, "admin");
    await add(call);
    expect(await hasAdminWithCredentials(db, ORIGIN)).toBe(true);
    expect(await hasAdminWithCredentials(db, "https://loop.acme.example")).toBe(false);
    await sql`update member set active = false where id = ${member.id}`.execute(db);
  });
});

describe("what the database keeps", () => {
  it("is hashes of challenges, public keys and sealed names", async () => {
    const { call } = await aHolder();
    const { challenge } = (await offered(call)) as { challenge: string };
    const { rows } = await sql<{ hash: string }>`
      select encode(challenge_hash, 'escape') as hash from passkey_challenge`.execute(accounts.test.db);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.some(({ hash }) => hash.includes(challenge))).toBe(false);
    const { rows: names } = await sql<{ name: string }>`
      select encode(name, 'escape') as name from passkey`.execute(accounts.test.db);
    expect(names.some(({ name }) => name.includes("Laptop"))).toBe(false);
  });
});
