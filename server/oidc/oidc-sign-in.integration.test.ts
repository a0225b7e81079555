import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { invite, publicUrl } from "../members/testing/accounts.js";
import { CLIENT } from "./testing/provider.js";
import { aStranger, comeIn, isHome, lastAudit, me, newBrowser, startOf, useOidc } from "./testing/use-oidc.js";

const oidc = useOidc();

describe("sign-in by an OpenID provider", () => {
  it("makes a member of a stranger with a verified address of a domain that may, and knows them the next time", async () => {
    const person = aStranger();
    const { browser, url } = await comeIn(oidc, person);
    expect(url.href).toBe(`${publicUrl}/`);
    const member = await me(browser);
    expect(member).toMatchObject({ name: "Ada Lovelace", role: "viewer" });
    expect(await lastAudit(oidc, "member.provisioned")).toMatchObject({
      target_id: member.id,
      data: { role: "viewer" },
    });
    expect((await lastAudit(oidc, "member.provider_linked"))?.target_id).toBe(member.id);
    expect((await lastAudit(oidc, "member.signed_in"))?.data).toEqual({ method: "oidc" });
    expect(await me((await comeIn(oidc, person)).browser)).toEqual(member);
  });

  it("links a member who was invited by the address that the provider verified, in whatever case it is written", async () => {
    const { member, email } = await invite(oidc.accounts, "publisher");
    const { browser } = await comeIn(oidc, aStranger({ email: email.toUpperCase() }));
    expect(await me(browser)).toMatchObject({ id: member.id, role: "publisher" });
  });

  it("leads back to the page that was asked for, and to no other site", async () => {
    oidc.provider.person = aStranger();
    const browser = newBrowser(oidc);
    const shown = await browser.visit(`${startOf(oidc)}?to=/runs/1?step=a`, ({ pathname }) => pathname === "/runs/1");
    expect(shown.url.href).toBe(`${publicUrl}/runs/1?step=a`);
    for (const evil of ["https://evil.example/", "//evil.example", "/\\evil.example", "data:text/html,1"]) {
      browser.forget(oidc.provider.host);
      expect((await browser.visit(`${startOf(oidc)}?to=${encodeURIComponent(evil)}`, isHome)).url.href).toBe(
        `${publicUrl}/`,
      );
    }
  });

  it("knows a linked subject by whatever address it has now, verified or not, foreign or none", async () => {
    const person = aStranger();
    const { id } = await me((await comeIn(oidc, person)).browser);
    for (const changed of [{ email: "elsewhere@foreign.example" }, { email_verified: false }, { email: undefined }]) {
      const { email, ...rest } = { ...person, ...changed };
      expect((await me((await comeIn(oidc, { ...rest, ...(email && { email }) })).browser)).id).toBe(id);
    }
  });

  it("does not take another subject with the same address for the one that is linked", async () => {
    const person = aStranger();
    await comeIn(oidc, person);
    const shown = await comeIn(oidc, { ...person, sub: "another" });
    expect(shown).toMatchObject({ status: 403, text: expect.stringContaining("another account of Acme") as string });
  });

  it("lets whoever was unlinked come in by another account", async () => {
    const person = aStranger();
    const { browser } = await comeIn(oidc, person);
    const { id } = await me(browser);
    expect((await oidc.admin("DELETE", `/api/members/${id}/provider-link`)).status).toBe(200);
    expect((await browser.call("GET", "/api/me")).status).toBe(401);
    expect((await me((await comeIn(oidc, { ...person, sub: "another account" })).browser)).id).toBe(id);
  });

  it("keeps nothing of the provider's: no token, no code, no subject, no address", async () => {
    const person = aStranger({ sub: "a-subject-to-look-for" });
    await comeIn(oidc, person);
    const { rows } = await sql<{ text: string }>`
      select coalesce(string_agg(t::text, ' '), '') as text from (
        select to_jsonb(oidc_link) as t from oidc_link union all select to_jsonb(oidc_attempt) from oidc_attempt
        union all select to_jsonb(session) from session union all select to_jsonb(audit_event) from audit_event
        union all select to_jsonb(member) from member
      ) all_rows`.execute(oidc.accounts.test.db);
    for (const word of ["a-subject-to-look-for", person.email ?? "", "Lovelace", CLIENT.secret, "eyJ"])
      expect(rows[0]?.text).not.toContain(word);
    expect(rows[0]?.text.length).toBeGreaterThan(1_000);
  });
});
