import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { transact } from "../../workflows/ledger/transact.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { clientOf, startTestApp, type Client, type TestApp } from "../testing/http.js";
import { createTestKeys } from "../testing/keys.js";
import { walkPermissions } from "../testing/permission-walk.js";
import { createTestWorkspaces, type TestWorkspaces } from "../testing/workspaces.js";
import { createApiToken } from "./api-tokens.js";
import { createAuthenticator } from "./authenticate.js";
import type { Role } from "./member-api.js";
import { memberRoutes } from "./member-routes.js";
import { createMembers } from "./members.js";
import { createSessionCookie } from "./session-cookie.js";
import { createSignInLink } from "./sign-in.js";
import { tokenRoutes } from "./token-routes.js";

const { vault } = createTestKeys();
const publicUrl = "http://127.0.0.1:4000";
let test: TestDatabase;
let workspaces: TestWorkspaces;
let app: TestApp;
let clock = 0;

beforeAll(async () => {
  test = await createTestDatabase();
  workspaces = await createTestWorkspaces(test.db, vault);
});
afterAll(() => test.drop());

function parts(url = publicUrl) {
  const cookie = createSessionCookie(url);
  const authenticator = createAuthenticator(test.db, cookie, () => clock);
  const sandboxUrl = () => Promise.resolve("http://127.0.0.1:4001");
  const own = { db: test.db, members: createMembers(vault), authenticator, cookie, publicUrl: url };
  const routes = [...memberRoutes({ ...own, version: "1.2.3", sandboxUrl }), ...tokenRoutes(own)];
  return { routes, authenticate: authenticator.authenticate };
}
beforeEach(async () => {
  app = await startTestApp(parts());
  return () => app.close();
});

const link = (validMs = 60_000) =>
  transact(test.db, (tx) => createSignInLink(tx, { memberId: workspaces.adminId, publicUrl, validMs }));
const open = async (address: string, headers = {}) => {
  const { pathname, search } = new URL(address);
  return app.anonymous("GET", pathname + search, undefined, headers);
};
const cookieOf = (headers: Headers): string => headers.get("set-cookie")?.split(";")[0] ?? "";
async function signIn(): Promise<Client> {
  const { headers } = await open(await link());
  return clientOf(app.url, { cookie: cookieOf(headers), "sec-fetch-site": "same-origin" });
}
async function withToken(role: Role, workspaceId = workspaces.here) {
  const creator = { kind: "system", id: null, workspaceId } as const;
  const given = { name: "test", role, expiresInDays: 1 };
  const { token, row } = await transact(test.db, (tx) => createApiToken(tx, creator, given));
  return { id: row.id, token, call: clientOf(app.url, { authorization: `Bearer ${token}` }) };
}

describe("links as the only way in", () => {
  const toldAt = async (url: string, role: Role): Promise<unknown> => {
    const there = await startTestApp({ ...parts(url), config: { publicUrl: url, trustedProxies: [], rateLimit: 0 } });
    const { token } = await withToken(role);
    const { json } = await clientOf(there.url, { authorization: `Bearer ${token}` })("GET", "/api/me");
    await there.close();
    return json;
  };
  const elsewhere = "https://loop.acme.example";

  it("are told of to admins while others are led here, until an admin has a password", async () => {
    expect(await toldAt(publicUrl, "admin")).toMatchObject({ onlyByLink: false });
    expect(await toldAt(elsewhere, "admin")).toMatchObject({ onlyByLink: true });
    expect(await toldAt(elsewhere, "publisher")).toMatchObject({ onlyByLink: false });
    await sql`insert into member_password (member_id, hash, changed_at)
      values (${workspaces.adminId}, 'x', lw_now())`.execute(test.db);
    expect(await toldAt(elsewhere, "admin")).toMatchObject({ onlyByLink: false });
    await sql`delete from member_password`.execute(test.db);
  });
});

describe("a sign-in link", () => {
  it("signs in once and leads to the product", async () => {
    const address = await link();
    const first = await open(address);
    expect(first.status).toBe(303);
    expect(first.headers.get("location")).toBe("/");
    expect(first.headers.get("set-cookie")).toMatch(
      /^lw_session=[\w-]{43}; Max-Age=43200; Path=\/; Expires=.+; HttpOnly; SameSite=Lax$/,
    );
    const second = await open(address);
    expect(second.status).toBe(410);
    expect(second.headers.has("set-cookie")).toBe(false);
    expect(second.text).toContain("sign-in-link");
    expect(second.text).toContain('<a href="/">Sign in by password, passkey or provider</a>');
  });

  it("lets one of two clicks in", async () => {
    const address = await link();
    const answers = await Promise.all([open(address), open(address), open(address)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410]);
  });

  it("that is too old explains itself, in French too", async () => {
    const address = await link(0);
    expect((await open(address)).text).toContain("too old");
    expect((await open(address, { "accept-language": "fr-FR,fr;q=0.9,en;q=0.5" })).text).toContain("expiré");
  });

  it("is not used up by being looked at", async () => {
    const address = await link();
    const { pathname, search } = new URL(address);
    expect((await app.anonymous("HEAD", pathname + search)).status).toBe(200);
    expect((await open(address, { "sec-purpose": "prefetch" })).headers.has("set-cookie")).toBe(false);
    expect((await open(address)).status).toBe(303);
  });

  it("that was used leads whoever is signed in to the product all the same", async () => {
    const address = await link();
    const { headers } = await open(address);
    expect((await open(address, { cookie: cookieOf(headers) })).status).toBe(303);
  });

  it("gives a cookie that only https and this very host can carry, where the product is reached by https", async () => {
    await app.close();
    app = await startTestApp({
      ...parts("https://loop.example"),
      config: { publicUrl: "https://loop.example", trustedProxies: [], rateLimit: 0 },
    });
    const { headers } = await open(await link());
    expect(headers.get("set-cookie")).toMatch(/^__Host-lw_session=.+; Path=\/; .+; HttpOnly; Secure; SameSite=Lax$/);
  });

  it("does not store its token", async () => {
    const token = new URL(await link()).searchParams.get("token") ?? "";
    const { rows } = await sql<{ hash: Buffer }>`select token_hash as hash from sign_in_link`.execute(test.db);
    expect(rows.some(({ hash }) => hash.includes(token) || hash.includes(Buffer.from(token, "base64url")))).toBe(false);
  });
});

describe("a session", () => {
  it("says who asks and what they may do", async () => {
    const me = await (await signIn())("GET", "/api/me");
    expect(me.json).toMatchObject({
      member: { id: workspaces.adminId, name: "Admin", role: "admin" },
      workspace: { id: workspaces.here, name: "My workspace" },
      sandbox: true,
      sandboxUrl: "http://127.0.0.1:4001",
      version: "1.2.3",
    });
  });

  it("ends at sign-out, at once", async () => {
    const call = await signIn();
    expect((await call("GET", "/api/me")).status).toBe(200);
    const out = await call("DELETE", "/api/session", {});
    expect(out).toMatchObject({ status: 200, json: {} });
    expect(out.headers.get("set-cookie")).toMatch(/^lw_session=; Path=\/; Expires=Thu, 01 Jan 1970/);
    expect((await call("GET", "/api/me")).status).toBe(401);
  });

  it.each([
    ["half an hour after the last request", "last_seen_at = lw_now() - interval '31 minutes'"],
    ["twelve hours after sign-in", "expires_at = lw_now() - interval '1 second'"],
    ["when its member is put out", "last_seen_at = lw_now()"],
  ])("ends %s", async (why, change) => {
    const call = await signIn();
    expect((await call("GET", "/api/me")).status).toBe(200);
    await sql`update session set ${sql.raw(change)}`.execute(test.db);
    if (why.includes("member")) await sql`update member set active = false`.execute(test.db);
    clock += 6_000;
    expect((await call("GET", "/api/me")).status).toBe(401);
    await sql`update member set active = true`.execute(test.db);
  });

  it("lives on while it is used", async () => {
    const call = await signIn();
    await sql`update session set last_seen_at = lw_now() - interval '29 minutes'`.execute(test.db);
    await call("GET", "/api/me");
    const { rows } = await sql`select 1 from session where last_seen_at > lw_now() - interval '1 minute'`.execute(
      test.db,
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  it("may write only from our own pages", async () => {
    const { headers } = await open(await link());
    const call = clientOf(app.url, { cookie: cookieOf(headers), "sec-fetch-site": "cross-site" });
    expect((await call("POST", "/api/tokens", { name: "x", role: "admin" })).status).toBe(403);
  });
});

describe("an API token", () => {
  it("is shown once, listed without itself, and works until it is revoked", async () => {
    const call = await signIn();
    const made = await call("POST", "/api/tokens", { name: "ci", role: "builder" });
    const { token, id } = made.json as { token: string; id: string };
    expect(made.status).toBe(201);
    expect(token).toMatch(/^lwt_[\w-]{43}$/);
    const asToken = clientOf(app.url, { authorization: `Bearer ${token}` });
    expect((await asToken("GET", "/api/me")).json).toMatchObject({ member: { id, name: "ci", role: "builder" } });
    expect((await call("GET", "/api/tokens")).text).not.toContain(token);
    expect((await call("DELETE", `/api/tokens/${id}`, {})).status).toBe(200);
    expect((await asToken("GET", "/api/me")).status).toBe(401);
    expect((await call("DELETE", `/api/tokens/${id}`, {})).status).toBe(404);
  });

  it("ends with its day", async () => {
    const { call, id } = await withToken("admin");
    await sql`update api_token set expires_at = lw_now() - interval '1 second' where id = ${id}`.execute(test.db);
    expect((await call("GET", "/api/me")).status).toBe(401);
  });

  it("tells when it was last used", async () => {
    const { call, id } = await withToken("admin");
    await call("GET", "/api/me");
    const { json } = await call("GET", "/api/tokens");
    const { items } = json as { items: { id: string; lastUsedAt: string | null }[] };
    expect(items.find((item) => item.id === id)?.lastUsedAt).not.toBeNull();
  });

  it("that is wrong is not saved by a good cookie", async () => {
    const { headers } = await open(await link());
    const call = clientOf(app.url, { cookie: cookieOf(headers), authorization: "Bearer lwt_wrong" });
    expect((await call("GET", "/api/me")).status).toBe(401);
  });

  it("of another workspace can be neither seen nor revoked", async () => {
    const there = await withToken("admin", workspaces.elsewhere);
    const here = await withToken("admin");
    expect((await here.call("GET", "/api/tokens")).text).not.toContain(there.id);
    expect((await here.call("DELETE", `/api/tokens/${there.id}`, {})).status).toBe(404);
    expect((await there.call("GET", "/api/me")).status).toBe(200);
  });
});

describe("the members' routes", () => {
  it("let in whom their permission names, and nobody else", async () => {
    const { routes } = parts();
    const walked = await startTestApp({ routes: routes.filter(({ path }) => path !== "/api/me"), checkReplies: false });
    expect(
      await walkPermissions(
        walked,
        routes.filter(({ path }) => path !== "/api/me"),
        workspaces.here,
      ),
    ).toEqual([]);
    await walked.close();
  });
});
