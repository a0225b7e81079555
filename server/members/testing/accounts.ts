import { sql } from "kysely";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { transact } from "../../../workflows/ledger/transact.js";
import type { Route } from "../../http/route.js";
import { createTestDatabase, type TestDatabase } from "../../testing/database.js";
import { clientOf, startTestApp, type Answer, type Client, type TestApp } from "../../testing/http.js";
import { createTestKeys } from "../../testing/keys.js";
import { createTestWorkspaces, type TestWorkspaces } from "../../testing/workspaces.js";
import { secondFactorSchema } from "../account-api.js";
import { accountRoutes } from "../account-routes.js";
import { createApiToken } from "../api-tokens.js";
import { createAuthenticator } from "../authenticate.js";
import { memberAdminRoutes } from "../member-admin-routes.js";
import { invitedSchema, type Member } from "../member-api.js";
import { memberRoutes } from "../member-routes.js";
import { createMemberService } from "../member-service.js";
import { createMembers } from "../members.js";
import { createSessionCookie } from "../session-cookie.js";
import { tokenRoutes } from "../token-routes.js";

export const PASSWORD = "four rusty bicycles";
export const OTHER = "seven quiet lighthouses";

const { vault, envelope } = createTestKeys();
export const publicUrl = "http://127.0.0.1:4000";
const ownPage = { "sec-fetch-site": "same-origin" };

export interface Invited {
  readonly member: Member;
  readonly email: string;
  /** As they are signed in by their link. */
  readonly call: Client;
}

/** The members' routes over a database, with whoever signs in to them. */
export interface Accounts {
  readonly test: TestDatabase;
  readonly workspaces: TestWorkspaces;
  readonly app: TestApp;
  /** Milliseconds since the epoch: what codes are counted by. */
  now: number;
}

type Parts = ReturnType<typeof ownParts>;
/** Routes beside those of accounts, of the same database and sessions. */
export type MoreRoutes = (parts: Parts) => readonly Route[];

/** Sets up before the file's tests and tears down after them; fields can be read from the first hook on. */
export function useAccounts(more: MoreRoutes = () => [], at: string = publicUrl): Accounts {
  const accounts = {} as Accounts;
  beforeAll(async () => {
    const test = await createTestDatabase();
    const workspaces = await createTestWorkspaces(test.db, vault);
    Object.assign(accounts, { test, workspaces, now: Date.parse("2026-05-04T12:00:00Z") });
    Object.assign(accounts, {
      app: await startTestApp({
        ...partsOf(accounts, more, at),
        config: { publicUrl: at, trustedProxies: ["127.0.0.1"], rateLimit: 0 },
      }),
    });
  });
  beforeEach(async () => {
    await sql`delete from sign_in_failure`.execute(accounts.test.db);
  });
  afterAll(async () => {
    await accounts.app.close();
    await accounts.test.drop();
  });
  return accounts;
}

function ownParts(accounts: Accounts, at: string) {
  const { db } = accounts.test;
  const cookie = createSessionCookie(at);
  const authenticator = createAuthenticator(db, cookie);
  return {
    ...{ db, vault, envelope, publicUrl: at, authenticator, cookie },
    members: createMembers(vault),
    now: () => accounts.now,
  };
}

export function partsOf(accounts: Accounts, more: MoreRoutes = () => [], at: string = publicUrl) {
  const own = ownParts(accounts, at);
  const { authenticator } = own;
  const routes = [
    ...memberRoutes({ ...own, version: "1", sandboxUrl: () => Promise.resolve(null) }),
    ...tokenRoutes(own),
    ...accountRoutes(own),
    ...memberAdminRoutes({ service: createMemberService(own), forget: authenticator.forget }),
    ...more(own),
  ];
  return { routes, authenticate: authenticator.authenticate };
}

interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly code?: string;
}

export const signIn = ({ app }: Accounts, credentials: Credentials, headers: Record<string, string> = ownPage) =>
  app.anonymous("POST", "/api/sign-in", credentials, headers);

/** Who was just signed in by this answer. */
export const signedIn = ({ app }: Accounts, { headers }: Answer): Client =>
  clientOf(app.url, { cookie: headers.get("set-cookie")?.split(";")[0] ?? "", ...ownPage });

export async function byLink(accounts: Accounts, url: string): Promise<Client> {
  const { pathname, search } = new URL(url);
  return signedIn(accounts, await accounts.app.anonymous("GET", pathname + search));
}

export async function adminToken({ app, test, workspaces }: Accounts, workspaceId = workspaces.here): Promise<Client> {
  const creator = { kind: "system", id: null, workspaceId } as const;
  const { token } = await transact(test.db, (tx) =>
    createApiToken(tx, creator, { name: "test", role: "admin", expiresInDays: 1 }),
  );
  return clientOf(app.url, { authorization: `Bearer ${token}` });
}

let invited = 0;
export async function invite(accounts: Accounts, role = "builder"): Promise<Invited> {
  invited += 1;
  const email = `Grace.${invited}@Example.com`;
  const admin = await adminToken(accounts);
  const answer = await admin("POST", "/api/members", { name: "Grace Hopper", email, role });
  expect(answer.status).toBe(201);
  const { member, link } = invitedSchema.parse(answer.json);
  return { member, email, call: await byLink(accounts, link.url) };
}

/** Somebody who signs in by a password. */
export async function aPerson(accounts: Accounts, role = "builder"): Promise<Invited> {
  const person = await invite(accounts, role);
  expect((await person.call("PUT", "/api/account/password", { password: PASSWORD })).status).toBe(200);
  return person;
}

export const codeAt = (secret: string, timestamp: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });

/** Turns the second factor on; its first code is used up then. */
export async function turnOnCodes(accounts: Accounts, call: Client): Promise<string> {
  const { secret } = secondFactorSchema.parse((await call("POST", "/api/account/second-factor")).json);
  const code = codeAt(secret, accounts.now);
  expect((await call("POST", "/api/account/second-factor/confirm", { code })).status).toBe(200);
  accounts.now += 60_000;
  return secret;
}
