import { sql } from "kysely";
import { beforeEach, expect } from "vitest";
import { invite, useAccounts } from "../../members/testing/accounts.js";
import type { Client } from "../../testing/http.js";
import { passkeyListSchema, type Assertion } from "../passkey-api.js";
import { passkeyRoutes } from "../passkey-routes.js";
import { makePasskey, ORIGIN, type TestPasskey } from "./authenticator.js";

const ownPage = { "sec-fetch-site": "same-origin" };

export const offered = async (call: Client) => (await call("POST", "/api/account/passkeys/options", {})).json;
export const listed = async (call: Client) =>
  passkeyListSchema.parse((await call("GET", "/api/account/passkeys")).json).items;

export async function add(call: Client, name = "Laptop"): Promise<TestPasskey> {
  const { passkey, credential } = makePasskey(await offered(call));
  expect(await call("POST", "/api/account/passkeys", { name, credential })).toMatchObject({ status: 201 });
  return passkey;
}

/** The members' routes with those of passkeys, at an address that browsers know passkeys for. */
export function usePasskeys() {
  const accounts = useAccounts(passkeyRoutes, ORIGIN);
  // Each test from an address of its own: attempts from one are limited.
  let address = 0;
  beforeEach(() => {
    address += 1;
  });
  const post = (path: string, body?: object, headers: Record<string, string> = ownPage) =>
    accounts.app.anonymous("POST", path, body, { ...headers, "x-forwarded-for": `198.51.100.${address}` });
  return {
    accounts,
    post,
    /** What a browser that signs in is asked for. */
    asked: async () => (await post("/api/sign-in/passkey/options")).json,
    show: (assertion: Assertion) => post("/api/sign-in/passkey", assertion),
    /** Somebody with a passkey, signed in by a link. */
    async aHolder() {
      const person = await invite(accounts);
      return { ...person, passkey: await add(person.call) };
    },
    /** What the audit tells of this member, oldest first. */
    async toldOf(memberId: string): Promise<unknown[]> {
      const { rows } = await sql<{ action: string; data: object }>`
        select action, data from audit_event where target_id = ${memberId} order by id`.execute(accounts.test.db);
      return rows.map(({ action, data }) => ({ action, ...data }));
    },
  };
}
