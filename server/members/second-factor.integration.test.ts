import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { sessionListSchema } from "./account-api.js";
import {
  adminToken,
  aPerson,
  codeAt,
  OTHER,
  PASSWORD,
  signedIn,
  signIn,
  turnOnCodes,
  useAccounts,
} from "./testing/accounts.js";

const accounts = useAccounts();

describe("a second factor", () => {
  it("is asked for from the moment that a code of it was right", async () => {
    const { email, call } = await aPerson(accounts);
    await call("POST", "/api/account/second-factor");
    expect((await signIn(accounts, { email, password: PASSWORD })).status).toBe(200);
    const secret = await turnOnCodes(accounts, call);
    expect(await signIn(accounts, { email, password: PASSWORD })).toMatchObject({
      status: 401,
      json: { code: "code_needed" },
    });
    expect((await signIn(accounts, { email, password: PASSWORD, code: "000000" })).json).toMatchObject({
      code: "sign_in_refused",
    });
    expect((await signIn(accounts, { email, password: PASSWORD, code: codeAt(secret, accounts.now) })).status).toBe(
      200,
    );
  });

  it("lets each code in once", async () => {
    const { email, call } = await aPerson(accounts);
    const code = codeAt(await turnOnCodes(accounts, call), accounts.now);
    const answers = await Promise.all([
      signIn(accounts, { email, password: PASSWORD, code }),
      signIn(accounts, { email, password: PASSWORD, code }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    accounts.now += 60_000;
  });

  it("is turned off by one more code, and begun anew only then", async () => {
    const { email, call: byLink } = await aPerson(accounts);
    const secret = await turnOnCodes(accounts, byLink);
    const code = codeAt(secret, accounts.now);
    const call = signedIn(accounts, await signIn(accounts, { email, password: PASSWORD, code }));
    accounts.now += 60_000;
    const remove = (given: object) => call("POST", "/api/account/second-factor/remove", given);
    expect((await call("POST", "/api/account/second-factor")).json).toMatchObject({ code: "second_factor_on" });
    for (const wrong of [{ code: "000000" }, { code }, {}]) expect((await remove(wrong)).status).toBe(422);
    expect((await remove({ code: codeAt(secret, accounts.now) })).json).toMatchObject({ hasSecondFactor: false });
    expect((await signIn(accounts, { email, password: PASSWORD })).status).toBe(200);
  });

  it("that was lost is turned off by who came by a link", async () => {
    const { email, call } = await aPerson(accounts);
    await turnOnCodes(accounts, call);
    expect((await call("POST", "/api/account/second-factor/remove", {})).status).toBe(200);
    expect((await signIn(accounts, { email, password: PASSWORD })).status).toBe(200);
  });

  it("is tried as rarely as a password is", async () => {
    const { email, call } = await aPerson(accounts);
    await turnOnCodes(accounts, call);
    for (const _guess of [1, 2, 3, 4, 5])
      expect((await signIn(accounts, { email, password: PASSWORD, code: "000000" })).status).toBe(401);
    expect((await signIn(accounts, { email, password: PASSWORD, code: "000000" })).status).toBe(429);
  });
});

describe("sessions", () => {
  it("are listed to whom they belong, and ended one by one or all but this one", async () => {
    const { email, call } = await aPerson(accounts);
    const [second, third] = [
      signedIn(accounts, await signIn(accounts, { email, password: PASSWORD })),
      signedIn(accounts, await signIn(accounts, { email, password: PASSWORD })),
    ];
    const { items } = sessionListSchema.parse((await second("GET", "/api/account/sessions")).json);
    expect(items.map(({ method }) => method)).toEqual(["password", "password", "link"]);
    const mine = items.filter(({ current }) => current);
    expect(mine).toHaveLength(1);
    const first = items.find(({ method }) => method === "link");
    const stranger = await aPerson(accounts);
    expect((await stranger.call("DELETE", `/api/account/sessions/${first?.id}`, {})).status).toBe(404);
    expect((await second("DELETE", `/api/account/sessions/${first?.id}`, {})).status).toBe(200);
    expect((await call("GET", "/api/me")).status).toBe(401);
    expect((await second("DELETE", "/api/account/sessions", {})).status).toBe(200);
    expect((await third("GET", "/api/me")).status).toBe(401);
    expect((await second("GET", "/api/me")).status).toBe(200);
  });

  it("are for people: a token has none, and no password", async () => {
    expect(await (await adminToken(accounts))("GET", "/api/account/sessions")).toMatchObject({
      status: 403,
      json: { code: "sessions_only" },
    });
  });
});

it("the audit tells of all of it, and of nobody's words", async () => {
  const { member, email } = await aPerson(accounts);
  const admin = await adminToken(accounts);
  for (const change of [{ role: "viewer" }, { active: false }, { active: true }])
    await admin("PATCH", `/api/members/${member.id}`, change);
  await signIn(accounts, { email, password: OTHER });
  const { rows } = await sql<{ action: string; data: object }>`
    select action, data from audit_event where action like 'member.%' or action like 'session.%'`.execute(
    accounts.test.db,
  );
  const actions = new Set(rows.map(({ action }) => action));
  for (const action of [
    ...["invited", "link_made", "signed_in", "changed", "put_out", "let_in", "password_set", "sign_in_refused"],
    ...["second_factor_on", "second_factor_off"],
  ])
    expect(actions).toContain(`member.${action}`);
  expect(actions).toContain("session.ended");
  expect(JSON.stringify(rows)).not.toMatch(/grace|example\.com/i);
});
