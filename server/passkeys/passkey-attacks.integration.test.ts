import { generateKeyPairSync } from "node:crypto";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { invite } from "../members/testing/accounts.js";
import { makePasskey, showPasskey, type Lies } from "./testing/authenticator.js";
import { listed, offered, usePasskeys } from "./testing/use-passkeys.js";

const { accounts, post, asked, show, aHolder, toldOf } = usePasskeys();
const { privateKey: anotherKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

const attacks: readonly (readonly [string, Lies])[] = [
  ["a page of another origin", { origin: "https://evil.example" }],
  ["another port of this host", { origin: "http://localhost:4001" }],
  ["another relying party", { rpId: "evil.example" }],
  ["who was not verified", { isVerified: false }],
  ["a challenge that was never given", { challenge: "A".repeat(43) }],
  ["another kind of ceremony", { type: "webauthn.create" }],
  ["a page within another's", { crossOrigin: true }],
  ["a key that is not its own", { key: anotherKey }],
  ["a name that is nobody's", { userHandle: "bm9ib2R5" }],
];

describe("nobody is signed in by a passkey", () => {
  it.each(attacks)("of %s", async (_what, lies) => {
    const { member, passkey } = await aHolder();
    const answer = await show(showPasskey(passkey, await asked(), lies));
    expect(answer).toMatchObject({ status: 401, json: { code: "passkey_refused" } });
    expect(answer.headers.has("set-cookie")).toBe(false);
    expect((await toldOf(member.id)).at(-1)).toMatchObject({ action: "member.sign_in_refused", method: "passkey" });
    expect((await show(showPasskey(passkey, await asked()))).status).toBe(200);
  });

  it("that was shown before: a challenge is good once, also where it came to nothing", async () => {
    const { passkey } = await aHolder();
    const options = await asked();
    const shown = showPasskey(passkey, options);
    expect((await show(shown)).status).toBe(200);
    expect((await show(shown)).status).toBe(401);
    expect((await show(showPasskey(passkey, options))).status).toBe(401);
    const spoiled = await asked();
    expect((await show(showPasskey(passkey, spoiled, { isVerified: false }))).status).toBe(401);
    expect((await show(showPasskey(passkey, spoiled))).status).toBe(401);
  });

  it("twice at once with one challenge, nor with one count", async () => {
    const { passkey } = await aHolder();
    const options = await asked();
    const same = [show(showPasskey(passkey, options)), show(showPasskey(passkey, options))];
    expect((await Promise.all(same)).map(({ status }) => status).sort()).toEqual([200, 401]);
    const [one, two] = [await asked(), await asked()];
    const counted = [one, two].map((each) => show(showPasskey(passkey, each, { counter: 50 })));
    expect((await Promise.all(counted)).map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it("whose challenge is older than five minutes", async () => {
    const { passkey } = await aHolder();
    const options = await asked();
    await sql`update passkey_challenge set expires_at = lw_now() - interval '1 second'`.execute(accounts.test.db);
    expect((await show(showPasskey(passkey, options))).status).toBe(401);
  });

  it("whose count went back: it was copied", async () => {
    const { passkey } = await aHolder();
    expect((await show(showPasskey(passkey, await asked(), { counter: 7 }))).status).toBe(200);
    for (const counter of [7, 6, 0])
      expect((await show(showPasskey(passkey, await asked(), { counter }))).status).toBe(401);
    expect((await show(showPasskey(passkey, await asked(), { counter: 8 }))).status).toBe(200);
  });

  it("of a colleague, as themselves or as the colleague", async () => {
    const { passkey: theirs } = await aHolder();
    const { passkey: own } = await aHolder();
    const attempts = [
      showPasskey(own, await asked(), { userHandle: theirs.userHandle }),
      { ...showPasskey(own, await asked()), id: theirs.id, rawId: theirs.id },
      showPasskey({ ...theirs, key: own.key }, await asked()),
    ];
    for (const attempt of attempts) expect((await show(attempt)).status).toBe(401);
  });

  it("that was removed, nor while its member is put out, nor where a provider is the only way", async () => {
    const { call, member, passkey } = await aHolder();
    const { db } = accounts.test;
    const status = async () => (await show(showPasskey(passkey, await asked()))).status;
    await sql`update member set active = false where id = ${member.id}`.execute(db);
    expect(await status()).toBe(401);
    await sql`update member set active = true where id = ${member.id}`.execute(db);
    await sql`insert into oidc_provider (workspace_id, issuer, client_id, client_secret, label, domains, makes_members, first_role, exclusive, changed_at)
      values (${accounts.workspaces.here}, 'https://sso.example', 'x', '', 'x', '{}', false, 'viewer', true, lw_now())`.execute(
      db,
    );
    expect(await status()).toBe(401);
    await sql`delete from oidc_provider`.execute(db);
    expect(await status()).toBe(200);
    const [{ id } = { id: "" }] = await listed(call);
    await call("DELETE", `/api/account/passkeys/${id}`);
    expect(await status()).toBe(401);
  });

  it("that was made for another host, and it is told so", async () => {
    const { call, passkey } = await aHolder();
    await sql`update passkey set rp_id = 'loop.acme.example' where credential_id = ${passkey.id}`.execute(
      accounts.test.db,
    );
    expect((await show(showPasskey(passkey, await asked()))).status).toBe(401);
    expect((await listed(call))[0]).toMatchObject({ works: false });
  });

  it("from another site's page", async () => {
    const { passkey } = await aHolder();
    const foreign = { "sec-fetch-site": "cross-site", origin: "https://evil.example" };
    expect((await post("/api/sign-in/passkey/options", undefined, foreign)).status).toBe(403);
    const shown = showPasskey(passkey, await asked());
    expect((await post("/api/sign-in/passkey", shown, foreign)).status).toBe(403);
  });

  it("after five refusals from one address, for a quarter of an hour", async () => {
    const { passkey } = await aHolder();
    for (const _try of [1, 2, 3, 4, 5])
      expect((await show(showPasskey(passkey, await asked(), { isVerified: false }))).status).toBe(401);
    expect((await show(showPasskey(passkey, await asked()))).status).toBe(429);
  });
});

describe("no passkey is added", () => {
  it.each(attacks.filter(([, { userHandle, key, crossOrigin }]) => !userHandle && !key && crossOrigin === undefined))(
    "of %s",
    async (_what, lies) => {
      const { call } = await invite(accounts);
      const type = lies.type === undefined ? {} : { type: "webauthn.get" };
      const { credential } = makePasskey(await offered(call), { ...lies, ...type });
      const answer = await call("POST", "/api/account/passkeys", { name: "x", credential });
      expect(answer).toMatchObject({ status: 422, json: { code: "passkey_not_proved" } });
      expect(await listed(call)).toEqual([]);
    },
  );

  it("by a session that ended, but is believed for a moment longer", async () => {
    const { call, member } = await invite(accounts);
    const { credential } = makePasskey(await offered(call));
    await sql`delete from session where member_id = ${member.id}`.execute(accounts.test.db);
    expect((await call("POST", "/api/account/passkeys", { name: "x", credential })).status).toBe(401);
    const { rows } = await sql`select from passkey where member_id = ${member.id}`.execute(accounts.test.db);
    expect(rows).toEqual([]);
  });

  it("by a challenge that was used, was a colleague's, or was one to sign in by", async () => {
    const { call } = await invite(accounts);
    const { call: other } = await invite(accounts);
    const { credential } = makePasskey(await offered(call));
    expect((await other("POST", "/api/account/passkeys", { name: "x", credential })).status).toBe(422);
    expect((await call("POST", "/api/account/passkeys", { name: "x", credential })).status).toBe(422);
    const { challenge } = (await asked()) as { challenge: string };
    const { credential: crossed } = makePasskey(await offered(call), { challenge });
    expect((await call("POST", "/api/account/passkeys", { name: "x", credential: crossed })).status).toBe(422);
  });

  it("that somebody has already", async () => {
    const { call } = await invite(accounts);
    const { credential } = makePasskey(await offered(call));
    expect((await call("POST", "/api/account/passkeys", { name: "x", credential })).status).toBe(201);
    const { call: other } = await invite(accounts);
    const { challenge } = (await offered(other)) as { challenge: string };
    const client = JSON.parse(Buffer.from(credential.response.clientDataJSON, "base64url").toString()) as object;
    const clientDataJSON = Buffer.from(JSON.stringify({ ...client, challenge })).toString("base64url");
    const stolen = { ...credential, response: { ...credential.response, clientDataJSON } };
    expect((await other("POST", "/api/account/passkeys", { name: "x", credential: stolen })).json).toMatchObject({
      code: "passkey_known",
    });
  });
});
