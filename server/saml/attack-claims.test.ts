import { describe, expect, it } from "vitest";
import { answer, changed, now, refusalOf } from "./testing/reading.js";

/** The provider itself says and signs it: it is meant for somebody else, for another time, or for another sign-in. */
const signedWith = (before: string | RegExp, after: string): Promise<string> =>
  answer({ change: (xml) => changed(xml, before, after), signed: "both" });

const at = (seconds: number): string => new Date(now.getTime() + seconds * 1_000).toISOString();
const NOT_AFTER = /(<saml:Conditions[^>]*NotOnOrAfter=)"[^"]*"/;
const CONFIRMED_UNTIL = /SubjectConfirmationData NotOnOrAfter="[^"]*"/;
const AUDIENCE = /<saml:AudienceRestriction>.*<\/saml:AudienceRestriction>/;
const RESTRICTION = "<saml:AudienceRestriction><saml:Audience>urn:other</saml:Audience></saml:AudienceRestriction>";
const ASSERTION_ISSUER = /(Assertion [^>]*>)<saml:Issuer>[^<]*/;

describe("a signed answer is refused", () => {
  it.each([
    ["whose issuer is another", "issuer", /<saml:Issuer>[^<]*/, "<saml:Issuer>https://evil.example"],
    ["whose destination is another", "destination", /Destination="[^"]*"/, 'Destination="https://evil.example/acs"'],
    ["that is signed and has no destination", "destination", / Destination="[^"]*"/, ""],
    ["to another request", "in_response_to", 'InResponseTo="_request"', 'InResponseTo="_other"'],
    ["to no request (begun at the provider)", "in_response_to", ' InResponseTo="_request"', ""],
    ["of another version", "not_a_response", 'Version="2.0"', 'Version="1.1"'],
    ["that failed", "status", "status:Success", "status:AuthnFailed"],
  ])("%s", async (_what, code, before, after) => {
    expect(refusalOf(await signedWith(before, after))).toBe(code);
  });

  it("that is no response", async () => {
    expect(refusalOf((await answer()).replaceAll("samlp:Response", "samlp:LogoutResponse"))).toBe("not_a_response");
  });

  it("whose assertion has another issuer than the one in the settings", async () => {
    const change = (xml: string) => xml.replace(ASSERTION_ISSUER, "$1<saml:Issuer>https://evil.example");
    expect(refusalOf(await answer({ change }))).toBe("issuer");
  });

  it.each([
    ["audience", "audience", /<saml:Audience>[^<]*/, "<saml:Audience>https://other.example"],
    ["recipient", "recipient", /Recipient="[^"]*"/, 'Recipient="https://other.example/acs"'],
    ["request", "in_response_to", /(?<=Recipient="[^"]*" )InResponseTo="_request"/, 'InResponseTo="_other"'],
    ["audience besides ours", "audience", "</saml:AudienceRestriction>", `</saml:AudienceRestriction>${RESTRICTION}`],
  ])("whose assertion is for another %s", async (_what, code, before, after) => {
    expect(refusalOf(await signedWith(before, after))).toBe(code);
  });

  it.each([
    ["audience", "audience", AUDIENCE, ""],
    ["conditions", "condition", /<saml:Conditions.*<\/saml:Conditions>/, ""],
    ["recipient", "recipient", / Recipient="[^"]*"/, ""],
    ["request", "in_response_to", /(?<=Recipient="[^"]*") InResponseTo="_request"/, ""],
    ["end of its confirmation", "time", / NotOnOrAfter="[^"]*" Recipient/, " Recipient"],
    ["confirmation", "subject", /<saml:SubjectConfirmation .*<\/saml:SubjectConfirmation>/, ""],
    ["confirmation by who bears it", "subject", "cm:bearer", "cm:holder-of-key"],
    ["subject", "subject", /<saml:Subject>.*<\/saml:Subject>/, ""],
    ["name", "subject", /<saml:NameID .*<\/saml:NameID>/, ""],
    ["word in its name", "subject", ">the-subject<", "> <"],
    ["word of a sign-in", "subject", /<saml:AuthnStatement.*<\/saml:AuthnStatement>/, ""],
  ])("whose assertion has no %s", async (_what, code, before, after) => {
    expect(refusalOf(await signedWith(before, after))).toBe(code);
  });

  it("whose assertion has a condition that nobody understands", async () => {
    expect(refusalOf(await signedWith(AUDIENCE, RESTRICTION.replace("urn:other", "")))).toBe("audience");
    expect(
      refusalOf(await signedWith("<saml:AudienceRestriction>", "<saml:Condition/><saml:AudienceRestriction>")),
    ).toBe("condition");
  });

  it("whose assertion is over, or not yet good, by more than clocks may differ", async () => {
    expect(refusalOf(await signedWith(NOT_AFTER, `<saml:Conditions NotOnOrAfter="${at(-61)}"`))).toBe("time");
    expect(refusalOf(await signedWith(CONFIRMED_UNTIL, `SubjectConfirmationData NotOnOrAfter="${at(-61)}"`))).toBe(
      "time",
    );
    expect(refusalOf(await signedWith(/NotBefore="[^"]*"/, `NotBefore="${at(61)}"`))).toBe("time");
    expect(refusalOf(await signedWith(/NotBefore="[^"]*"/, `NotBefore="${at(59)}"`))).toContain("taken");
    expect(refusalOf(await signedWith(CONFIRMED_UNTIL, `SubjectConfirmationData NotOnOrAfter="${at(-59)}"`))).toContain(
      "taken",
    );
  });

  it.each(["2099-01-01", "2099-01-01T00:00:00", "tomorrow", "", "99999-01-01T00:00:00Z"])(
    "whose assertion ends at no instant: %j",
    async (until) => {
      expect(refusalOf(await signedWith(CONFIRMED_UNTIL, `SubjectConfirmationData NotOnOrAfter="${until}"`))).toBe(
        "time",
      );
    },
  );

  it("that is encrypted, with a word of its own for who has to turn that off", async () => {
    const encrypted =
      '<saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"/></saml:EncryptedAssertion>';
    expect(refusalOf(changed(await answer(), /<saml:Assertion .*<\/saml:Assertion>/s, encrypted))).toBe("encrypted");
    expect(refusalOf(await signedWith(/<saml:NameID .*<\/saml:NameID>/, "<saml:EncryptedID/>"))).toBe("encrypted");
  });
});
