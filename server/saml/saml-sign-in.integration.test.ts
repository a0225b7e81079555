import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { aPerson, invite, publicUrl } from "../members/testing/accounts.js";
import { ALL_WAYS, equipped, waysOf } from "../members/testing/equipped.js";
import { NAME_FORMATS } from "./xml/names.js";
import {
  acsUrl,
  answerTo,
  aStranger,
  comeIn,
  isFinish,
  isHome,
  lastAudit,
  me,
  newBrowser,
  startOf,
  useSaml,
} from "./testing/use-saml.js";

const saml = useSaml();

describe("sign-in by a SAML provider", () => {
  it("makes a member of a stranger with an address of a domain that may, and knows them the next time", async () => {
    const person = aStranger();
    const { browser, url } = await comeIn(saml, person);
    expect(url.href).toBe(`${publicUrl}/`);
    const member = await me(browser);
    expect(member).toMatchObject({ name: "Ada Lovelace", role: "viewer" });
    expect(await lastAudit(saml, "member.provisioned")).toMatchObject({
      target_id: member.id,
      data: { role: "viewer" },
    });
    expect((await lastAudit(saml, "member.provider_linked"))?.target_id).toBe(member.id);
    expect((await lastAudit(saml, "member.signed_in"))?.data).toEqual({ method: "saml" });
    expect(await me((await comeIn(saml, person)).browser)).toEqual(member);
  });

  it.each(["response", "both"] as const)("takes an answer whose %s is signed", async (signed) => {
    saml.provider.how = { signed };
    expect((await comeIn(saml, aStranger())).url.pathname).toBe("/");
  });

  it("links a member who was invited by the address that the provider says, in whatever case it is written", async () => {
    const { member, email } = await invite(saml.accounts, "publisher");
    const { browser } = await comeIn(saml, aStranger({ email: email.toUpperCase() }));
    expect(await me(browser)).toMatchObject({ id: member.id, role: "publisher" });
  });

  it("takes the address from the NameID where it stands nowhere else", async () => {
    const { member, email } = await invite(saml.accounts);
    const { browser } = await comeIn(saml, { nameId: email, format: NAME_FORMATS.email });
    expect((await me(browser)).id).toBe(member.id);
  });

  it("asks for no code: whoever had set one up before is alone in the account, by the provider", async () => {
    const member = await equipped(saml.accounts);
    expect(await waysOf(saml.accounts, member)).toEqual(ALL_WAYS);
    const { browser } = await comeIn(saml, aStranger({ email: member.email }));
    expect((await me(browser)).id).toBe(member.member.id);
    expect(await waysOf(saml.accounts, member)).toEqual(["session"]);
  });

  it("leads back to the page that was asked for, and to no other site", async () => {
    saml.provider.person = aStranger();
    const browser = newBrowser(saml);
    const isRun = ({ pathname }: URL): boolean => pathname === "/runs/1";
    const shown = await browser.post(
      acsUrl,
      await answerTo(saml, browser, `${startOf(saml)}?to=/runs/1?step=a`),
      isRun,
    );
    expect(shown.url.href).toBe(`${publicUrl}/runs/1?step=a`);
    for (const evil of ["https://evil.example/", "//evil.example", "/\\evil.example", "data:text/html,1"]) {
      const answer = await answerTo(saml, browser, `${startOf(saml)}?to=${encodeURIComponent(evil)}`);
      expect((await browser.post(acsUrl, answer, isHome)).url.href).toBe(`${publicUrl}/`);
    }
  });

  it("knows a linked subject by whatever address it has now, foreign or none", async () => {
    const person = aStranger();
    const { id } = await me((await comeIn(saml, person)).browser);
    expect((await me((await comeIn(saml, { ...person, email: "elsewhere@foreign.example" })).browser)).id).toBe(id);
    const { email: _, ...rest } = person;
    expect((await me((await comeIn(saml, rest)).browser)).id).toBe(id);
  });

  it("does not take another subject with the same address for the one that is linked", async () => {
    const person = aStranger();
    await comeIn(saml, person);
    for (const other of [{ nameId: "another" }, { format: NAME_FORMATS.unspecified }])
      expect(await comeIn(saml, { ...person, ...other })).toMatchObject({
        status: 403,
        text: expect.stringContaining("another account of Acme") as string,
      });
  });

  it("lets whoever was unlinked come in by another account", async () => {
    const person = aStranger();
    const { browser } = await comeIn(saml, person);
    const { id } = await me(browser);
    const links = async () =>
      (await sql`select from saml_link where member_id = ${id}`.execute(saml.accounts.test.db)).rows;
    expect(await links()).toHaveLength(1);
    expect((await saml.admin("DELETE", `/api/members/${id}/provider-link`)).status).toBe(200);
    expect(await links()).toEqual([]);
    expect((await browser.call("GET", "/api/me")).status).toBe(401);
    expect((await me((await comeIn(saml, { ...person, nameId: "another account" })).browser)).id).toBe(id);
  });

  it("keeps nothing of the provider's: no answer, no subject, no address, nor while an answer waits", async () => {
    const person = aStranger({ nameId: "a-subject-to-look-for" });
    await comeIn(saml, person);
    const browser = newBrowser(saml);
    await browser.post(acsUrl, await answerTo(saml, browser), isFinish);
    const { rows } = await sql<{ text: string | null; answers: Buffer[] | null }>`
      select string_agg(t::text, ' ') as text,
        (select array_agg(answer) from saml_attempt where answer is not null) as answers from (
        select to_jsonb(saml_link) as t from saml_link union all select to_jsonb(saml_attempt) from saml_attempt
        union all select to_jsonb(session) from session union all select to_jsonb(audit_event) from audit_event
        union all select to_jsonb(member) from member
      ) all_rows`.execute(saml.accounts.test.db);
    const answers = rows[0]?.answers ?? [];
    expect(answers).toHaveLength(1);
    const kept = [rows[0]?.text, ...answers.map((answer) => answer.toString("latin1"))].join(" ");
    for (const word of ["a-subject-to-look-for", person.email ?? "", "Lovelace", "Assertion"])
      expect(kept).not.toContain(word);
    expect(kept.length).toBeGreaterThan(1_000);
  });

  it("leaves nobody who goes by an address to change it themselves", async () => {
    const { call } = await aPerson(saml.accounts, "viewer");
    expect(await call("PATCH", "/api/account", { email: "dpo@example.com" })).toMatchObject({
      status: 403,
      json: { code: "address_by_admin" },
    });
  });

  it("ends the password that was set before", async () => {
    const { email, member } = await aPerson(saml.accounts);
    const { browser } = await comeIn(saml, aStranger({ email }));
    expect((await me(browser)).id).toBe(member.id);
    expect((await lastAudit(saml, "member.credentials_ended"))?.target_id).toBe(member.id);
  });
});
