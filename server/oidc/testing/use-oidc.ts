import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { createHttpClient, type HttpClient } from "../../../integrations/http.js";
import { createAttemptCookie } from "../../members/session-cookie.js";
import { adminToken, publicUrl, useAccounts, type Accounts } from "../../members/testing/accounts.js";
import { meSchema } from "../../members/member-api.js";
import type { Client } from "../../testing/http.js";
import { silentLog } from "../../testing/silent-log.js";
import { ATTEMPT_MS } from "../../sign-in-providers/attempt.js";
import { providerRoutes } from "../../sign-in-providers/provider-routes.js";
import { createBrowser, type Browser, type Shown } from "../../sign-in-providers/testing/browser.js";
import { CALLBACK_PATH, oidcRoutes } from "../oidc-routes.js";
import { createOidcService } from "../oidc-service.js";
import { createOidcSignIn } from "../oidc-sign-in.js";
import { CLIENT, startTestProvider, type Person, type TestProvider } from "./provider.js";

export const redirectUri = publicUrl + CALLBACK_PATH;
export const isHome = ({ origin, pathname }: URL): boolean => origin === publicUrl && pathname === "/";
export const isCallback = ({ origin, pathname }: URL): boolean => origin === publicUrl && pathname === CALLBACK_PATH;

/** The members' routes and the provider's, and a real provider that they sign in by. */
export interface Oidc {
  readonly accounts: Accounts;
  readonly provider: TestProvider;
  readonly http: HttpClient;
  readonly admin: Client;
  /** What was logged as a warning, since the test began. */
  readonly warned: object[];
}

/** Sets up before the file's tests and tears down after them; each test begins with the settings of `settingsOf`. */
export function useOidc(): Oidc {
  const oidc = { warned: [] } as unknown as { -readonly [Name in keyof Oidc]: Oidc[Name] };
  beforeAll(async () => {
    oidc.provider = await startTestProvider(redirectUri);
    oidc.http = createHttpClient({ allowPrivate: [oidc.provider.host] });
  });
  oidc.accounts = useAccounts((parts) => {
    const log = { ...silentLog, warn: (fields: object) => void oidc.warned.push(fields) };
    const own = { ...parts, http: oidc.http, redirectUri, log };
    const { forget } = parts.authenticator;
    const attemptCookie = createAttemptCookie(publicUrl, ATTEMPT_MS);
    const routes = { service: createOidcService(own), signIn: createOidcSignIn(own), cookie: parts.cookie };
    return [...oidcRoutes({ ...routes, attemptCookie, forget }), ...providerRoutes({ ...own, forget })];
  });
  beforeAll(async () => {
    oidc.admin = await adminToken(oidc.accounts);
  });
  beforeEach(async () => {
    Object.assign(oidc.provider, { person: null, onAuthorize: () => undefined, forge: null });
    oidc.warned.length = 0;
    await save(oidc);
  });
  afterAll(async () => {
    await oidc.http.close();
    await oidc.provider.close();
  });
  return oidc;
}

export const settingsOf = ({ provider }: Oidc) => ({
  ...{ issuer: provider.issuer, clientId: CLIENT.id, clientSecret: CLIENT.secret, label: "Acme" },
  ...{ domains: ["example.com"], makesMembers: true, firstRole: "viewer", exclusive: false },
});

export async function save(oidc: Oidc, change: object = {}): Promise<void> {
  const { status, text } = await oidc.admin("PUT", "/api/sign-in-provider", { ...settingsOf(oidc), ...change });
  expect([status, text]).toEqual([200, expect.anything()]);
}

export const newBrowser = ({ accounts }: Oidc, language = "en"): Browser =>
  createBrowser({ publicUrl, listensAt: accounts.app.url, language });

export const startOf = ({ accounts }: Oidc): string => `/sign-in/with/${accounts.workspaces.here}`;

let people = 0;
export function aStranger(change: Partial<Person> = {}): Person {
  people += 1;
  const email = `ada.${people}@example.com`;
  return { sub: `subject-${people}`, name: "Ada Lovelace", email, email_verified: true, ...change };
}

/** Comes in by the provider's page, in a browser of their own unless it is given. */
export async function comeIn(
  oidc: Oidc,
  person: Person | null,
  browser = newBrowser(oidc),
): Promise<Shown & { browser: Browser }> {
  oidc.provider.person = person;
  browser.forget(oidc.provider.host);
  return { ...(await browser.visit(startOf(oidc), isHome)), browser };
}

export const me = async (browser: Browser) => meSchema.parse((await browser.call("GET", "/api/me")).json).member;

interface Audited {
  readonly target_id: string;
  readonly data: Record<string, unknown>;
}

export async function lastAudit({ accounts }: Oidc, action: string): Promise<Audited | undefined> {
  const { rows } = await sql<Audited>`
    select target_id, data from audit_event where action = ${action} order by at, id`.execute(accounts.test.db);
  return rows.at(-1);
}
