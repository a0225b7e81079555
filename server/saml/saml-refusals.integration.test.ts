import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { invite } from "../members/testing/accounts.js";
import type { Browser } from "../sign-in-providers/testing/browser.js";
import type { Person } from "./testing/answers.js";
import { makeSigningKey } from "./testing/self-signed.js";
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
  save,
  settingsOf,
  startOf,
  useSaml,
} from "./testing/use-saml.js";
import { NAME_FORMATS } from "./xml/names.js";

const saml = useSaml();

const nobody = async (browser: Browser): Promise<void> =>
  expect((await browser.call("GET", "/api/me")).status).toBe(401);

async function refused(person: Person | null, words: string, browser = newBrowser(saml)) {
  const shown = await comeIn(saml, person, browser);
  expect(shown.text).toContain(words);
  await nobody(browser);
  return shown;
}

describe("sign-in by a SAML provider refuses", () => {
  it("an address of a foreign domain, even where it ends alike", async () => {
    for (const email of ["ada@foreign.example", "ada@notexample.com", "ada@mail.example.com"])
      expect((await refused(aStranger({ email }), "belongs to no domain")).status).toBe(403);
    expect(await lastAudit(saml, "member.sign_in_refused")).toEqual({
      target_id: saml.accounts.workspaces.here,
      data: { method: "saml", reason: "foreign_domain" },
    });
  });

  it("who shares no address, and who is no member where none are made", async () => {
    const { email: _, ...nameless } = aStranger();
    await refused(nameless, "does not say your e-mail address");
    await save(saml, { makesMembers: false });
    await refused(aStranger(), "Ask an admin to invite you");
  });

  it("a member who was put out, linked or not", async () => {
    const person = aStranger();
    const { browser } = await comeIn(saml, person);
    const { id } = await me(browser);
    await saml.admin("PATCH", `/api/members/${id}`, { active: false });
    await refused(person, "access to this workspace was closed");
    const { member, email } = await invite(saml.accounts);
    await saml.admin("PATCH", `/api/members/${member.id}`, { active: false });
    await refused(aStranger({ email }), "access to this workspace was closed");
  });

  it("whoever pressed Cancel there, and says so in French to who reads it", async () => {
    await refused(null, "Acme did not sign you in");
    await refused(null, "Acme ne vous a pas connecté", newBrowser(saml, "fr-FR,fr;q=0.9"));
    expect(saml.warned).toMatchObject([{ code: "status" }, { code: "status" }]);
  });

  it("a name that is another each time", async () => {
    await refused(aStranger({ format: NAME_FORMATS.transient }), "calls you by another name each time");
  });

  it("what began at the provider, and says where to begin", async () => {
    const browser = newBrowser(saml);
    saml.provider.person = aStranger();
    const { SAMLResponse } = await answerTo(saml, browser);
    for (const relay of [{}, { RelayState: "" }, { RelayState: "https://loopwright.example.com/flows" }])
      expect(await browser.post(acsUrl, { SAMLResponse, ...relay })).toMatchObject({
        status: 400,
        text: expect.stringContaining("has to begin here") as string,
      });
    await nobody(browser);
  });

  it("an answer in a browser that did not begin, or that began another", async () => {
    const browser = newBrowser(saml);
    saml.provider.person = aStranger();
    const victim = newBrowser(saml);
    expect((await victim.post(acsUrl, await answerTo(saml, browser))).text).toContain("began in another browser");
    const own = await answerTo(saml, victim);
    expect((await victim.post(acsUrl, await answerTo(saml, browser))).status).toBe(400);
    await nobody(victim);
    // Their own attempt goes on.
    expect((await victim.post(acsUrl, own, isHome)).url.pathname).toBe("/");
  });

  it("an answer that was used already, waits to be fetched, or is fetched again", async () => {
    const browser = newBrowser(saml);
    saml.provider.person = aStranger();
    const answer = await answerTo(saml, browser);
    const [attempt] = [...browser.cookies()];
    expect((await browser.post(acsUrl, answer, isFinish)).status).toBe(0);
    expect(await browser.post(acsUrl, answer)).toMatchObject({ status: 400 });
    expect((await browser.visit("/sign-in/saml/finish", isHome)).url.pathname).toBe("/");
    browser.setCookie(...(attempt ?? ["", ""]));
    expect((await browser.post(acsUrl, answer)).text).toContain("was used already");
    expect((await browser.visit("/sign-in/saml/finish")).status).toBe(400);
  });

  it("an answer to another attempt, and leaves the attempt to its own", async () => {
    saml.provider.person = aStranger();
    const [first, second] = [newBrowser(saml), newBrowser(saml)];
    const [stolen, own] = [await answerTo(saml, first), await answerTo(saml, second)];
    const shown = await second.post(acsUrl, { ...stolen, RelayState: own.RelayState });
    expect(shown).toMatchObject({ status: 502, text: expect.stringContaining("cannot be trusted") as string });
    expect(saml.warned).toMatchObject([{ code: "in_response_to" }]);
    await nobody(second);
    expect((await second.post(acsUrl, own, isHome)).url.pathname).toBe("/");
  });

  it("an attempt that took too long, before the answer and after it", async () => {
    const late = sql`update saml_attempt set expires_at = lw_now() - interval '1 second'`;
    const browser = newBrowser(saml);
    saml.provider.person = aStranger();
    const answer = await answerTo(saml, browser);
    await late.execute(saml.accounts.test.db);
    expect((await browser.post(acsUrl, answer)).text).toContain("took too long");
    const again = await answerTo(saml, browser);
    await browser.post(acsUrl, again, isFinish);
    await late.execute(saml.accounts.test.db);
    expect((await browser.visit("/sign-in/saml/finish")).text).toContain("took too long");
    await nobody(browser);
  });

  it("an assertion that is too old", async () => {
    saml.provider.how = { now: new Date(Date.now() - 3_600_000) };
    await refused(aStranger(), "cannot be trusted");
    expect(saml.warned).toMatchObject([{ code: "time" }]);
  });

  it("an answer that a key signed which is not in the settings, until it is", async () => {
    const other = makeSigningKey();
    saml.provider.how = { key: other };
    await refused(aStranger(), "cannot be trusted");
    expect(saml.warned).toMatchObject([{ code: "signature_wrong" }]);
    const { metadata: _, ...rest } = settingsOf(saml);
    const typed = { entityId: "https://idp.example.com/saml", signOnUrl: saml.provider.signOnUrl };
    const certificates = [saml.provider.key.certificate, other.certificate];
    await saml.admin("PUT", "/api/saml-provider", { ...rest, ...typed, certificates });
    expect((await comeIn(saml, aStranger())).url.pathname).toBe("/");
    saml.provider.how = {};
    expect((await comeIn(saml, aStranger())).url.pathname).toBe("/");
  });

  it("an answer whose provider was changed before it was fetched", async () => {
    const browser = newBrowser(saml);
    saml.provider.person = aStranger();
    await browser.post(acsUrl, await answerTo(saml, browser), isFinish);
    await sql`update saml_provider set issuer = 'https://other.example.com'`.execute(saml.accounts.test.db);
    expect((await browser.visit("/sign-in/saml/finish")).status).toBe(404);
    await nobody(browser);
  });

  it("what is no form, names a field twice, or is larger than any answer", async () => {
    const { anonymous } = saml.accounts.app;
    expect((await anonymous("POST", "/sign-in/saml", { SAMLResponse: "x", RelayState: "x" })).status).toBe(415);
    const post = (body: string) =>
      fetch(`${saml.accounts.app.url}/sign-in/saml`, {
        ...{ method: "POST", redirect: "manual", body },
        headers: { "content-type": "application/x-www-form-urlencoded" },
      });
    expect((await post("RelayState=a&RelayState=b")).status).toBe(400);
    expect((await post(`SAMLResponse=${"A".repeat(262_144)}`)).status).toBe(413);
    expect((await post("")).status).toBe(400);
  });

  it("to begin where nothing is set up", async () => {
    await saml.admin("DELETE", "/api/saml-provider");
    expect((await newBrowser(saml).visit(startOf(saml))).status).toBe(404);
  });
});
