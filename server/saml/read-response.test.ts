import { describe, expect, it } from "vitest";
import { signed as sign } from "./testing/forging.js";
import { answer, attacker, changed, HER_SUBJECT, key, person, read, unsigned } from "./testing/reading.js";
import { makeSigningKey } from "./testing/self-signed.js";

const MORE = "http://www.w3.org/2001/04/xmldsig-more#";

describe("an answer", () => {
  it.each(["assertion", "response", "both"] as const)(
    "of which is signed the %s says who somebody is",
    async (signed) => {
      expect(read(await answer({ signed }))).toEqual({
        ...{ subject: HER_SUBJECT, email: "ada@example.com", name: "Ada Lovelace", isVerified: true },
      });
    },
  );

  it.each([
    ["rsa", `${MORE}rsa-sha256`],
    ["rsa", `${MORE}rsa-sha384`],
    ["rsa", `${MORE}rsa-sha512`],
    ["rsa", "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1"],
    ["ec", `${MORE}ecdsa-sha256`],
  ] as const)("may be signed by a key of kind %s with %s", async (kind, algorithm) => {
    const other = makeSigningKey(kind);
    const xml = sign(await unsigned(), { key: other, algorithm });
    expect(read(xml, [other]).subject).toBe(HER_SUBJECT);
  });

  it("may be signed by any of the provider's keys, as when they change", async () => {
    expect(read(await answer(), [attacker, key]).subject).toBe(HER_SUBJECT);
  });

  it("may be signed by a key whose certificate is over: the key is what was given", async () => {
    const old = makeSigningKey("rsa", { from: new Date("2020-01-01"), until: new Date("2021-01-01") });
    expect(read(await answer({ key: old }), [old]).subject).toBe(HER_SUBJECT);
  });

  it("may come with ends of lines as they are written elsewhere, and with prefixes that are kept", async () => {
    const loose = await unsigned((xml) => xml.replaceAll("><", ">\n<"));
    expect(read(sign(loose, { key }).replaceAll("\n", "\r\n")).subject).toBe(HER_SUBJECT);
    const prefixed = sign(await unsigned(), { key, prefixes: ["xs", "xsi"] });
    expect(prefixed).toContain('PrefixList="xs xsi"');
    expect(read(prefixed).subject).toBe(HER_SUBJECT);
  });

  it("may say the address by the names that Entra ID, AD FS and LDAP have for it", async () => {
    for (const name of [
      "mail",
      "urn:oid:0.9.2342.19200300.100.1.3",
      "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    ]) {
      const xml = await answer({ change: (said) => changed(said, 'Name="email"', `Name="${name}"`) });
      expect(read(xml).email).toBe("ada@example.com");
    }
  });

  it("calls somebody by what stands before the @, or by the NameID, where it names them otherwise nowhere", async () => {
    const { name: _, ...nameless } = person;
    expect(read(await answer({ person: nameless })).name).toBe("ada");
    expect(read(await answer({ person: { nameId: "the-subject" } }))).toMatchObject({
      name: "the-subject",
      email: null,
    });
  });

  it("keeps apart who is called alike by two sources behind one provider", async () => {
    const change = (xml: string) => changed(xml, "<saml:NameID ", '<saml:NameID NameQualifier="other" ');
    expect(read(await answer({ change })).subject).not.toBe(HER_SUBJECT);
  });
});
