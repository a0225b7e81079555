import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { createAttemptCookie } from "../../members/session-cookie.js";
import { adminToken, publicUrl, useAccounts, type Accounts } from "../../members/testing/accounts.js";
import { meSchema } from "../../members/member-api.js";
import { ATTEMPT_MS } from "../../sign-in-providers/attempt.js";
import { providerRoutes } from "../../sign-in-providers/provider-routes.js";
import { createBrowser, type Browser, type Shown } from "../../sign-in-providers/testing/browser.js";
import type { Client } from "../../testing/http.js";
import { silentLog } from "../../testing/silent-log.js";
import { ACS_PATH, FETCH_PATH } from "../saml-addresses.js";
import { samlRoutes } from "../saml-routes.js";
import { createSamlService } from "../saml-service.js";
import { createSamlSignIn } from "../saml-sign-in.js";
import type { Person } from "./answers.js";
import { startIdentityProvider, type TestIdentityProvider } from "./identity-provider.js";

export { publicUrl };
export const isHome = ({ origin, pathname }: URL): boolean => origin === publicUrl && pathname === "/";
export const isFinish = ({ pathname }: URL): boolean => pathname === FETCH_PATH;
export const acsUrl = publicUrl + ACS_PATH;

/** The members' routes and the provider's, and a real provider that they sign in by. */
export interface Saml {
  readonly accounts: Accounts;
  readonly provider: TestIdentityProvider;
  readonly admin: Client;
  /** What was logged as a warning, since the test began. */
  readonly warned: object[];
}

/** Sets up before the file's tests and tears down after them; each test begins with the settings of `settingsOf`. */
export function useSaml(): Saml {
  const saml = { warned: [] } as unknown as { -readonly [Name in keyof Saml]: Saml[Name] };
  saml.accounts = useAccounts((parts) => {
    const log = { ...silentLog, warn: (fields: object) => void saml.warned.push(fields) };
    const own = { ...parts, log };
    const { forget } = parts.authenticator;
    const attemptCookie = createAttemptCookie(publicUrl, ATTEMPT_MS);
    const routes = { service: createSamlService(own), signIn: createSamlSignIn(own), cookie: parts.cookie };
    return [...samlRoutes({ ...routes, publicUrl, attemptCookie, forget }), ...providerRoutes({ ...own, forget })];
  });
  beforeAll(async () => {
    saml.provider = await startIdentityProvider(publicUrl);
    saml.admin = await adminToken(saml.accounts);
  });
  beforeEach(async () => {
    Object.assign(saml.provider, { person: null, how: {} });
    saml.warned.length = 0;
    await save(saml);
  });
  afterAll(() => saml.provider.close());
  return saml;
}

export const settingsOf = ({ provider }: Saml) => ({
  ...{ metadata: provider.metadata, label: "Acme", domains: ["example.com"] },
  ...{ makesMembers: true, firstRole: "viewer", exclusive: false },
});

export async function save(saml: Saml, change: object = {}): Promise<void> {
  const { status, text } = await saml.admin("PUT", "/api/saml-provider", { ...settingsOf(saml), ...change });
  expect([status, text]).toEqual([200, expect.anything()]);
}

export const newBrowser = ({ accounts }: Saml, language = "en"): Browser =>
  createBrowser({ publicUrl, listensAt: accounts.app.url, language });

export const startOf = ({ accounts }: Saml): string => `/sign-in/saml/with/${accounts.workspaces.here}`;

let people = 0;
export function aStranger(change: Partial<Person> = {}): Person {
  people += 1;
  return { nameId: `subject-${people}`, name: "Ada Lovelace", email: `ada.${people}@example.com`, ...change };
}

/** What the provider's page would have a browser post. */
export type Answer = Readonly<{ SAMLResponse: string; RelayState: string }>;

/** Begins in this browser, and signs in at the provider; its answer is not posted yet. */
export async function answerTo(saml: Saml, browser: Browser, start = startOf(saml)): Promise<Answer> {
  const { text } = await browser.visit(start);
  const value = (name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? "";
  return { SAMLResponse: value("SAMLResponse"), RelayState: value("RelayState") };
}

/** Comes in by the provider's page, in a browser of their own unless it is given. */
export async function comeIn(
  saml: Saml,
  person: Person | null,
  browser = newBrowser(saml),
): Promise<Shown & { browser: Browser }> {
  saml.provider.person = person;
  return { ...(await browser.post(acsUrl, await answerTo(saml, browser), isHome)), browser };
}

export const me = async (browser: Browser) => meSchema.parse((await browser.call("GET", "/api/me")).json).member;

interface Audited {
  readonly target_id: string;
  readonly data: Record<string, unknown>;
}

export async function lastAudit({ accounts }: Saml, action: string): Promise<Audited | undefined> {
  const { rows } = await sql<Audited>`
    select target_id, data from audit_event where action = ${action} order by at, id`.execute(accounts.test.db);
  return rows.at(-1);
}
