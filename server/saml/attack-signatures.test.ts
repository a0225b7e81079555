import { describe, expect, it } from "vitest";
import { SHA1, signed } from "./testing/forging.js";
import { answer, attacker, changed, HER_SUBJECT, key, refusalOf, SIGNATURE, unsigned } from "./testing/reading.js";
import { makeSigningKey } from "./testing/self-signed.js";

const MORE = "http://www.w3.org/2001/04/xmldsig-more#";
const SIGNED_INFO = /<ds:SignedInfo>.*<\/ds:SignedInfo>/s;
const REFERENCE = /<ds:Reference .*<\/ds:Reference>/s;
const TRANSFORMS = /<ds:Transforms>.*<\/ds:Transforms>/s;
const found = (xml: string, part: RegExp): string => part.exec(xml)?.[0] ?? "";

describe("an answer is refused whose signature", () => {
  it("is missing", async () => {
    expect(refusalOf(await unsigned())).toBe("signature_missing");
  });

  it("is an empty element, or stands in another namespace", async () => {
    const xml = await answer();
    const empty = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>';
    expect(refusalOf(changed(xml, SIGNATURE, empty))).toBe("signature_shape");
    const foreign = xml.replaceAll('http://www.w3.org/2000/09/xmldsig#"', 'urn:other"');
    expect(refusalOf(foreign)).toBe("signature_misplaced");
  });

  it("is by a key that only KeyInfo vouches for (self-signed)", async () => {
    const xml = await answer({ key: attacker });
    expect(xml).toContain("X509Certificate");
    expect(refusalOf(xml)).toBe("signature_wrong");
    const honest = found(await answer(), /<ds:KeyInfo>.*<\/ds:KeyInfo>/s);
    expect(refusalOf(changed(xml, /<ds:KeyInfo>.*<\/ds:KeyInfo>/s, honest))).toBe("signature_wrong");
  });

  it("is of something else: what was signed was changed since", async () => {
    const xml = await answer();
    for (const [before, after] of [
      ["the-subject", "another"],
      ["ada@example.com", "admin@example.com"],
      ['NotOnOrAfter="2026', 'NotOnOrAfter="2099'],
    ] as const)
      expect(refusalOf(changed(xml, before, after))).toBe("signature_wrong");
    const digest = /<ds:DigestValue>.*<\/ds:DigestValue>/;
    expect(refusalOf(changed(xml, digest, "<ds:DigestValue>AAAA</ds:DigestValue>"))).toBe("signature_wrong");
  });

  it.each([
    ["SHA-1", { algorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" }],
    ["a digest of SHA-1", { digest: SHA1 }],
    ["HMAC with the public certificate (key confusion)", { algorithm: "http://www.w3.org/2000/09/xmldsig#hmac-sha1" }],
    ["HMAC-SHA256 with the public certificate", { algorithm: `${MORE}hmac-sha256` }],
  ])("is made with %s", async (_what, how) => {
    expect(refusalOf(signed(await unsigned(), { key, ...how }))).toBe("weak_algorithm");
  });

  it("names an algorithm of another kind of key, or one that nobody knows", async () => {
    const xml = await answer();
    const named = (name: string): string => changed(xml, `${MORE}rsa-sha256`, name);
    expect(refusalOf(named(`${MORE}ecdsa-sha256`))).toBe("signature_wrong");
    expect(refusalOf(xml, [makeSigningKey("ec")])).toBe("signature_wrong");
    // An RSA signature that calls itself another kind, and would hold if nobody looked.
    expect(refusalOf(signed(await unsigned(), { key, algorithm: `${MORE}ecdsa-sha256` }))).toBe("signature_wrong");
    for (const name of ["none", "", "toString", "__proto__"]) expect(refusalOf(named(name))).toBe("weak_algorithm");
  });

  it("hides another method in a method", async () => {
    const method = `<ds:SignatureMethod Algorithm="${MORE}rsa-sha256"/>`;
    const nested = `<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#">${method}</ds:CanonicalizationMethod>`;
    const xml = changed(await answer(), /<ds:CanonicalizationMethod [^>]*\/>/, nested);
    expect(refusalOf(xml)).toBe("signature_shape");
  });

  it("has two SignedInfo, wherever the second stands (CVE-2025-29774)", async () => {
    const xml = await answer();
    const info = found(xml, SIGNED_INFO);
    const other = info.replace(/<ds:DigestValue>[^<]*/, "<ds:DigestValue>AAAA");
    expect(refusalOf(changed(xml, SIGNED_INFO, other + info))).toBe("signature_shape");
    expect(refusalOf(changed(xml, SIGNED_INFO, info + other))).toBe("signature_shape");
    expect(refusalOf(changed(xml, "<ds:KeyInfo>", `<ds:Object>${other}</ds:Object><ds:KeyInfo>`))).toBe(
      "signature_shape",
    );
    expect(refusalOf(changed(xml, "<ds:SignatureValue>", `${other}<ds:SignatureValue>`))).toBe("signature_shape");
  });

  it("has a comment in its digest, or two digests (CVE-2025-29775)", async () => {
    const xml = await answer();
    const evil = changed(xml, "ada@example.com", "admin@example.com");
    const commented = changed(evil, "<ds:DigestValue>", "<ds:DigestValue><!--AAAA-->");
    expect(refusalOf(commented)).toBe("foreign_node");
    const digest = found(xml, /<ds:DigestValue>.*<\/ds:DigestValue>/);
    expect(refusalOf(changed(xml, digest, digest + digest))).toBe("signature_shape");
    const value = /<ds:SignatureValue>/;
    expect(refusalOf(changed(xml, value, "<ds:SignatureValue><!--AAAA-->"))).toBe("foreign_node");
  });

  it("refers to more than the one element that holds it, or to none", async () => {
    const xml = await answer();
    const reference = found(xml, REFERENCE);
    expect(refusalOf(changed(xml, REFERENCE, reference + reference))).toBe("signature_shape");
    expect(refusalOf(changed(xml, REFERENCE, ""))).toBe("signature_shape");
    for (const uri of ["", "#", "#other", "#xpointer(/)", "http://127.0.0.1/evil", "#xpointer(id('a'))"])
      expect(refusalOf(changed(xml, /URI="[^"]*"/, `URI="${uri}"`))).toBe("signature_shape");
    expect(refusalOf(changed(xml, / URI="[^"]*"/, ""))).toBe("signature_shape");
  });

  it.each([
    ["XSLT", '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>'],
    [
      "XPath",
      '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>1=0</ds:XPath></ds:Transform>',
    ],
    ["XPath filter 2", '<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"/>'],
    ["base64", '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#base64"/>'],
    ["nothing that is known", '<ds:Transform Algorithm="urn:other"/>'],
    ["nothing at all", "<ds:Transform/>"],
  ])("transforms what it signs by %s", async (_what, transform) => {
    const xml = await answer();
    expect(refusalOf(changed(xml, "<ds:Transforms>", `<ds:Transforms>${transform}`))).toBe("signature_shape");
    expect(refusalOf(changed(xml, "</ds:Transforms>", `${transform}</ds:Transforms>`))).toBe("signature_shape");
    expect(refusalOf(changed(xml, TRANSFORMS, `<ds:Transforms>${transform}</ds:Transforms>`))).toBe("signature_shape");
  });

  it("hides a style sheet in a transform that is known, or has no transforms", async () => {
    const xml = await answer();
    const sheet = '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>';
    const hidden = `enveloped-signature">${sheet}</ds:Transform>`;
    expect(refusalOf(changed(xml, 'enveloped-signature"/>', hidden))).toBe("signature_shape");
    expect(refusalOf(changed(xml, TRANSFORMS, ""))).toBe("signature_shape");
    expect(refusalOf(changed(xml, TRANSFORMS, found(xml, TRANSFORMS).repeat(2)))).toBe("signature_shape");
  });

  it.each([
    [
      "with comments",
      ["http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"],
    ],
    [
      "inclusively",
      ["http://www.w3.org/2000/09/xmldsig#enveloped-signature", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"],
    ],
    ["without leaving itself out", ["http://www.w3.org/2001/10/xml-exc-c14n#"]],
  ])("canonicalises %s, though the provider signed it so", async (_what, transforms) => {
    expect(refusalOf(signed(await unsigned(), { key, transforms }))).toBe("signature_shape");
  });

  it("is one of two, of which only one holds", async () => {
    const at = "/*[local-name(.)='Response']";
    const both = signed(await answer(), { key: attacker, at });
    expect(refusalOf(both)).toBe("signature_wrong");
    expect(refusalOf(signed(signed(await unsigned(), { key: attacker }), { key, at }))).toBe("signature_wrong");
    expect(refusalOf(signed(await answer(), { key, at }))).toBe(`taken for ${HER_SUBJECT}`);
  });
});
