import { beforeEach, expect, it, vi } from "vitest";
import { aPerson, invite, OTHER, signIn, useAccounts } from "./testing/accounts.js";

/** What each comparison cost: the parameters that a stored hash names. */
const costs: string[] = [];
vi.mock(import("@node-rs/argon2"), async (original) => {
  const real = await original();
  const verify: typeof real.verify = (hash, ...rest) => {
    costs.push(String(hash).split("$").slice(1, 4).join("$"));
    return real.verify(hash, ...rest);
  };
  return { ...real, verify };
});

const accounts = useAccounts();
beforeEach(() => void costs.splice(0));

it("a wrong password, an account without one and an address that nobody has cost the same work", async () => {
  const known = await aPerson(accounts);
  const without = await invite(accounts);
  const costOf = async (email: string) => {
    costs.length = 0;
    expect((await signIn(accounts, { email, password: OTHER })).status).toBe(401);
    return [...costs];
  };
  const usual = ["argon2id$v=19$m=19456,t=2,p=1"];
  expect(await costOf(known.email)).toEqual(usual);
  expect(await costOf(without.email)).toEqual(usual);
  expect(await costOf("nobody@example.com")).toEqual(usual);
});
