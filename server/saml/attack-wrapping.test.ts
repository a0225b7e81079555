import { describe, expect, it } from "vitest";
import { signed } from "./testing/forging.js";
import { answer, changed, key, refusalOf, SIGNATURE, unsigned } from "./testing/reading.js";

const ASSERTION = /<saml:Assertion .*<\/saml:Assertion>/s;
const found = (xml: string, part: RegExp): string => part.exec(xml)?.[0] ?? "";

/** Says of an admin what was said of the one who was signed. */
const evilOf = (xml: string): string =>
  xml.replaceAll("the-subject", "the-admin").replaceAll("ada@example.com", "admin@example.com");

const renamed = (xml: string): string => xml.replace(/ ID="[^"]*"/, ' ID="_evil"');

/** What an attacker has: an answer about themselves, whose assertion the provider signed. */
async function given() {
  const xml = await answer();
  const assertion = found(xml, ASSERTION);
  const signature = found(xml, SIGNATURE);
  const bare = assertion.replace(signature, "");
  return {
    xml,
    assertion,
    signature,
    bare,
    evil: renamed(evilOf(bare)),
    with: (other: string) => changed(xml, ASSERTION, other),
  };
}

const into = (element: string, more: string): string =>
  changed(element, /<\/saml:Assertion>$/, `${more}</saml:Assertion>`);
const signedBy = (evil: string, signature: string): string =>
  changed(evil, "</saml:Issuer>", `</saml:Issuer>${signature}`);
const inObject = (signature: string, more: string): string =>
  changed(signature, "</ds:Signature>", `<ds:Object>${more}</ds:Object></ds:Signature>`);

describe("signature wrapping (XSW) is refused", () => {
  it.each(["answer inside the signature (XSW1)", "answer beside the signature (XSW2)"])(
    "with the whole signed %s",
    async (where) => {
      const xml = await answer({ signed: "response" });
      const signature = found(xml, SIGNATURE);
      const original = xml.replace(signature, "");
      const evil = original
        .replace(ASSERTION, (assertion) => renamed(evilOf(assertion)))
        .replace(/ ID="[^"]*"/, ' ID="_outer"');
      const put = (more: string): string => refusalOf(changed(evil, "</saml:Issuer>", `</saml:Issuer>${more}`));
      if (where.includes("beside")) expect(put(signature + original)).toBe("assertions");
      else {
        expect(put(changed(signature, "</ds:KeyInfo>", `</ds:KeyInfo>${original}`))).toBe("assertions");
        expect(put(inObject(signature, original))).toBe("assertions");
      }
    },
  );

  it("with a forged assertion before or after the signed one (XSW3)", async () => {
    const { assertion, evil, with: put } = await given();
    expect(refusalOf(put(evil + assertion))).toBe("assertions");
    expect(refusalOf(put(assertion + evil))).toBe("assertions");
  });

  it("with the signed assertion within the forged one, or the other way round (XSW4)", async () => {
    const { assertion, evil, with: put } = await given();
    expect(refusalOf(put(into(evil, assertion)))).toBe("assertions");
    expect(refusalOf(put(into(assertion, evil)))).toBe("assertions");
    expect(refusalOf(put(into(evil, `<saml:Advice>${assertion}</saml:Advice>`)))).toBe("assertions");
  });

  it("with the signature in the forged assertion, and the signed one behind it (XSW5)", async () => {
    const { bare, evil, signature, with: put } = await given();
    expect(refusalOf(put(signedBy(evil, signature) + bare))).toBe("assertions");
  });

  it("with the signed assertion within the signature of the forged one (XSW6)", async () => {
    const { bare, evil, signature, with: put } = await given();
    const holding = changed(signature, "</ds:KeyInfo>", `</ds:KeyInfo>${bare}`);
    expect(refusalOf(put(signedBy(evil, holding)))).toBe("assertions");
  });

  it("with the forged assertion among extensions (XSW7)", async () => {
    const { assertion, evil, with: put } = await given();
    expect(refusalOf(put(`<samlp:Extensions>${evil}</samlp:Extensions>${assertion}`))).toBe("assertions");
    const sameId = evil.replace('ID="_evil"', / ID="[^"]*"/.exec(assertion)?.[0] ?? "");
    expect(refusalOf(put(`<samlp:Extensions>${sameId}</samlp:Extensions>${assertion}`))).toBe("repeated_id");
  });

  it("with the signed assertion among the objects of the forged one's signature (XSW8)", async () => {
    const { bare, evil, signature, with: put } = await given();
    expect(refusalOf(put(signedBy(evil, inObject(signature, bare))))).toBe("assertions");
  });

  it("with an assertion that hides in another namespace, or under another spelling", async () => {
    const { assertion, evil, bare, signature, with: put } = await given();
    const foreign = assertion
      .replace("<saml:Assertion ", '<x:Assertion xmlns:x="urn:x" ')
      .replace(/saml:Assertion>$/, "x:Assertion>");
    expect(refusalOf(put(evil + foreign))).toBe("assertions");
    const small = assertion
      .replace("<saml:Assertion ", "<saml:assertion ")
      .replace(/saml:Assertion>$/, "saml:assertion>");
    expect(refusalOf(put(evil + small))).toBe("signature_misplaced");
    expect(
      refusalOf(
        put(signedBy(evil, inObject(signature, `<x>${bare.replaceAll("saml:Assertion", "saml:assertion")}</x>`))),
      ),
    ).toBe("signature_shape");
  });

  it("with the signature anywhere else than right in what it signs", async () => {
    const { assertion, bare, signature, xml, with: put } = await given();
    expect(refusalOf(put(bare + signature))).toBe("signature_shape");
    expect(refusalOf(put(changed(bare, "</saml:Subject>", `${signature}</saml:Subject>`)))).toBe("signature_misplaced");
    expect(refusalOf(put(assertion + `<samlp:Extensions>${signature}</samlp:Extensions>`))).toBe("signature_misplaced");
    expect(refusalOf(put(signedBy(bare, signature + signature)))).toBe("signature_misplaced");
    expect(refusalOf(changed(xml, "</samlp:Status>", `${signature}</samlp:Status>`))).toBe("signature_misplaced");
  });

  it("with an id that two elements have, however it is written", async () => {
    const { xml, assertion } = await given();
    const id = / ID="([^"]*)"/.exec(assertion)?.[1] ?? "";
    for (const name of ["ID", "Id", "id", "xml:id"])
      expect(refusalOf(changed(xml, "<samlp:Status>", `<samlp:Status ${name}="${id}">`))).toBe("repeated_id");
    const same = xml.replace(/ ID="[^"]*"/, ` ID="${id}"`);
    expect(refusalOf(same)).toBe("repeated_id");
  });

  it("with two assertions though the provider signed both, or none", async () => {
    const two = await unsigned((xml) =>
      changed(xml, ASSERTION, found(xml, ASSERTION) + renamed(found(xml, ASSERTION))),
    );
    expect(refusalOf(two)).toBe("assertions");
    const whole = signed(two, { key, at: "/*[local-name(.)='Response']" });
    expect(refusalOf(whole)).toBe("assertions");
    expect(refusalOf(changed(await answer(), ASSERTION, ""))).toBe("assertions");
  });

  it("with an answer within an answer", async () => {
    const xml = await answer();
    const inner = xml.replace(ASSERTION, "").replace(/ ID="[^"]*"/, ' ID="_inner"');
    expect(refusalOf(changed(xml, "</samlp:Status>", `</samlp:Status>${inner}`))).toBe("assertions");
  });
});
