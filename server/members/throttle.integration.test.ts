import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { aPerson, codeAt, OTHER, PASSWORD, signIn, turnOnCodes, useAccounts } from "./testing/accounts.js";
import { forgetRefusals, refuseTooMany, takeBack, type Attempt } from "./throttle.js";

const accounts = useAccounts();
const FIFTY = Array.from({ length: 50 }, (_, index) => index);

const isRefused = (attempt: Attempt): Promise<boolean> =>
  refuseTooMany(accounts.test.db, attempt).then(
    () => false,
    () => true,
  );
/** How many of these statuses there are. */
const counted = (statuses: readonly number[]) => (status: number) => statuses.filter((one) => one === status).length;

describe("refused sign-ins", () => {
  it("are fifty of one account, from wherever they come", async () => {
    const account = "ada@example.com";
    for (const from of FIFTY) expect(await isRefused({ account, address: `198.51.100.${from}` })).toBe(false);
    expect(await isRefused({ account, address: "203.0.113.1" })).toBe(true);
    expect(await isRefused({ account: "grace@example.com", address: "203.0.113.1" })).toBe(false);
  });

  it("are fifty from one address, whomever they are for", async () => {
    const address = "198.51.100.1";
    for (const whose of FIFTY) expect(await isRefused({ account: `${whose}@example.com`, address })).toBe(false);
    expect(await isRefused({ account: "ada@example.com", address })).toBe(true);
    expect(await isRefused({ account: "ada@example.com", address: "203.0.113.1" })).toBe(false);
  });

  it("from one place do not shut out who comes from another", async () => {
    const account = "ada@example.com";
    for (const _guess of FIFTY) await isRefused({ account, address: "198.51.100.1" });
    for (const _guess of FIFTY) await isRefused({ account: "grace@example.com", address: "198.51.100.1" });
    expect(await isRefused({ account, address: "203.0.113.1" })).toBe(false);
  });

  it("are none of who was let in, or has one more proof to give", async () => {
    const attempt = { account: "ada@example.com", address: "198.51.100.1" };
    for (const end of [takeBack, forgetRefusals])
      for (const _time of FIFTY) {
        expect(await isRefused(attempt)).toBe(false);
        await end(accounts.test.db, attempt);
      }
    const { rows } = await sql`select from sign_in_failure where failures > 0`.execute(accounts.test.db);
    expect(rows).toEqual([]);
  });
});

describe("of many guesses at once", () => {
  const MANY = Array.from({ length: 20 });

  it("five passwords are compared", async () => {
    const { email } = await aPerson(accounts);
    const answers = await Promise.all(MANY.map(() => signIn(accounts, { email, password: OTHER })));
    const many = counted(answers.map(({ status }) => status));
    expect([many(401), many(429)]).toEqual([5, 15]);
  });

  it("five codes are compared", async () => {
    const { email, call } = await aPerson(accounts);
    const secret = await turnOnCodes(accounts, call);
    const answers = await Promise.all(
      MANY.map(() => signIn(accounts, { email, password: PASSWORD, code: codeAt(secret, 0) })),
    );
    const many = counted(answers.map(({ status }) => status));
    expect([many(401), many(429)]).toEqual([5, 15]);
  });
});

it("asking for the code does not use up guesses, nor give them back", async () => {
  const { email, call } = await aPerson(accounts);
  const secret = await turnOnCodes(accounts, call);
  const first = () => signIn(accounts, { email, password: PASSWORD });
  for (const _time of [1, 2, 3, 4, 5, 6]) expect((await first()).json).toMatchObject({ code: "code_needed" });
  for (const _guess of [1, 2, 3, 4, 5]) {
    const code = codeAt(secret, 0);
    expect((await signIn(accounts, { email, password: PASSWORD, code })).status).toBe(401);
  }
  expect((await first()).status).toBe(429);
});
