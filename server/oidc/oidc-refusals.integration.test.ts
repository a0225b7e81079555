import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { invite } from "../members/testing/accounts.js";
import { CALLBACK_PATH } from "./oidc-routes.js";
import type { Shown } from "../sign-in-providers/testing/browser.js";
import type { Person } from "./testing/provider.js";
import {
  aStranger,
  comeIn,
  isCallback,
  isHome,
  lastAudit,
  me,
  newBrowser,
  save,
  startOf,
  useOidc,
} from "./testing/use-oidc.js";

const oidc = useOidc();

async function refused(person: Person | null, words: string, browser = newBrowser(oidc)): Promise<Shown> {
  const shown = await comeIn(oidc, person, browser);
  expect(shown.url.pathname).toBe(CALLBACK_PATH);
  expect(shown.text).toContain(words);
  expect((await browser.call("GET", "/api/me")).status).toBe(401);
  return shown;
}

describe("sign-in by an OpenID provider refuses", () => {
  it("an address that the provider has not verified", async () => {
    const person = aStranger({ email_verified: false });
    const shown = await refused(person, "has not verified your e-mail address");
    expect(shown.status).toBe(403);
    expect(await lastAudit(oidc, "member.sign_in_refused")).toEqual({
      target_id: oidc.accounts.workspaces.here,
      data: { method: "oidc", reason: "email_unverified" },
    });
  });

  it("an address of a foreign domain, even where it ends alike", async () => {
    await refused(aStranger({ email: "ada@foreign.example" }), "belongs to no domain");
    await refused(aStranger({ email: "ada@notexample.com" }), "belongs to no domain");
    await refused(aStranger({ email: "ada@mail.example.com" }), "belongs to no domain");
  });

  it("who shares no address, and who is no member where none are made", async () => {
    const { email: _, ...nameless } = aStranger();
    await refused(nameless, "does not say your e-mail address");
    await save(oidc, { makesMembers: false });
    await refused(aStranger(), "Ask an admin to invite you");
  });

  it("a member who was put out, linked or not", async () => {
    const person = aStranger();
    const { browser } = await comeIn(oidc, person);
    const { id } = await me(browser);
    await oidc.admin("PATCH", `/api/members/${id}`, { active: false });
    expect((await browser.call("GET", "/api/me")).status).toBe(401);
    await refused(person, "access to this workspace was closed");
    const { member, email } = await invite(oidc.accounts);
    await oidc.admin("PATCH", `/api/members/${member.id}`, { active: false });
    await refused(aStranger({ email }), "access to this workspace was closed");
    expect(await lastAudit(oidc, "member.sign_in_refused")).toEqual({
      target_id: member.id,
      data: { method: "oidc", reason: "put_out" },
    });
  });

  it("whoever pressed Cancel there, and says so in French to who reads it", async () => {
    await refused(null, "Acme did not sign you in");
    await refused(null, "Acme ne vous a pas connecté", newBrowser(oidc, "fr-FR,fr;q=0.9"));
  });

  it("an answer with another state, and leaves the browser's own attempt as it was", async () => {
    const browser = newBrowser(oidc);
    oidc.provider.person = aStranger();
    const { url } = await browser.visit(startOf(oidc), isCallback);
    const other = new URL(url);
    other.searchParams.set("state", "somebody-else's");
    expect((await browser.visit(other.href)).text).toContain("began in another browser");
    expect((await browser.visit(url.href, isHome)).url.pathname).toBe("/");
  });

  it("an answer in a browser that did not begin", async () => {
    const browser = newBrowser(oidc);
    oidc.provider.person = aStranger();
    const { url } = await browser.visit(startOf(oidc), isCallback);
    const victim = newBrowser(oidc);
    expect((await victim.visit(url.href)).status).toBe(400);
    await victim.visit(startOf(oidc), ({ host }) => host === oidc.provider.host);
    expect((await victim.visit(url.href)).status).toBe(400);
    expect((await victim.call("GET", "/api/me")).status).toBe(401);
  });

  it("an answer that was used already, and its code in another attempt", async () => {
    const browser = newBrowser(oidc);
    oidc.provider.person = aStranger();
    const { url } = await browser.visit(startOf(oidc), isCallback);
    const [attempt] = [...browser.cookies()];
    expect((await browser.visit(url.href, isHome)).url.pathname).toBe("/");
    browser.setCookie(...(attempt ?? ["", ""]));
    expect((await browser.visit(url.href)).text).toContain("was used already");

    const replaying = newBrowser(oidc);
    const { url: asked } = await replaying.visit(startOf(oidc), ({ host }) => host === oidc.provider.host);
    const replayed = new URL(url);
    replayed.searchParams.set("state", asked.searchParams.get("state") ?? "");
    const shown = await replaying.visit(replayed.href);
    expect(shown).toMatchObject({ status: 502, text: expect.stringContaining("cannot be trusted") as string });
    expect(oidc.warned.at(-1)).toMatchObject({ error: "invalid_grant" });
  });

  it("an attempt that took too long", async () => {
    const browser = newBrowser(oidc);
    oidc.provider.person = aStranger();
    const { url } = await browser.visit(startOf(oidc), isCallback);
    await sql`update oidc_attempt set expires_at = lw_now() - interval '1 second'`.execute(oidc.accounts.test.db);
    expect((await browser.visit(url.href)).text).toContain("took too long");
  });

  it("a token with another nonce", async () => {
    oidc.provider.onAuthorize = (query) => query.set("nonce", "another");
    await refused(aStranger(), "cannot be trusted");
    expect(oidc.warned).toMatchObject([{ code: "OAUTH_JWT_CLAIM_COMPARISON_FAILED" }]);
  });

  it.each([
    ["of another issuer", { iss: "https://evil.example" }, "OAUTH_JWT_CLAIM_COMPARISON_FAILED"],
    ["for another audience", { aud: "somebody-else" }, "OAUTH_JWT_CLAIM_COMPARISON_FAILED"],
    ["that is too old", { exp: 1_700_000_000 }, "OAUTH_JWT_TIMESTAMP_CHECK_FAILED"],
  ])("a token %s", async (_what, claims, code) => {
    oidc.provider.forge = { claims };
    await refused(aStranger(), "cannot be trusted");
    expect(oidc.warned).toMatchObject([{ code }]);
  });

  it("a token that is signed by another key, and takes the same one signed anew by the provider's", async () => {
    oidc.provider.forge = { claims: {}, foreignKey: true };
    await refused(aStranger(), "cannot be trusted");
    expect(oidc.warned).toMatchObject([{ code: "OAUTH_INVALID_RESPONSE" }]);
    oidc.provider.forge = { claims: {} };
    expect((await comeIn(oidc, aStranger())).url.pathname).toBe("/");
  });

  it("a code whose verifier is not the attempt's", async () => {
    oidc.provider.onAuthorize = (query) => query.set("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    await refused(aStranger(), "cannot be trusted");
    expect(oidc.warned).toMatchObject([{ error: "invalid_grant" }]);
  });
});
