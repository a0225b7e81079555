import { describe, expect, it } from "vitest";
import { signed } from "./testing/forging.js";
import { answer, changed, key, read, refusalOf, unsigned } from "./testing/reading.js";

const laughs = Array.from({ length: 9 }, (_none, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join("");

describe("XML that is written to fool or to tire a parser is refused", () => {
  it.each([
    ["a document type", "<!DOCTYPE a>"],
    ["an external entity (XXE)", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
    ["an external entity over the network", '<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:1/">]>'],
    ["an external document type", '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/evil.dtd">'],
    ["a parameter entity", '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/">%x;]>'],
    ["a billion laughs", `<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]>`],
    ["small letters", "<!doctype a>"],
  ])("with %s", async (_what, prolog) => {
    const xml = await answer();
    expect(refusalOf(prolog + xml)).toBe("document_type");
    expect(refusalOf(`<?xml version="1.0"?>\n${prolog}${xml}`)).toBe("document_type");
  });

  it("with an entity that only a document type could have made", async () => {
    expect(refusalOf(changed(await answer(), "the-subject", "&x;"))).toBe("not_xml");
  });

  it("with a comment in a name, which cuts it in two for some (CVE-2017-11427 and its kin)", async () => {
    const cut = (xml: string) => changed(xml, "the-subject", "admin@example.com<!---->.evil.example");
    expect(refusalOf(signed(await unsigned(cut), { key }))).toBe("foreign_node");
    expect(refusalOf(cut(await answer()))).toBe("foreign_node");
    const whole = signed(await unsigned((xml) => changed(xml, "the-subject", "admin@example.com.evil.example")), {
      key,
    });
    expect(read(whole).subject).toContain("admin@example.com.evil.example");
    // Comments are no part of what is signed: put in afterwards, they leave the signature as it was.
    expect(refusalOf(changed(whole, "admin@example.com.evil", "admin@example.com<!---->.evil"))).toBe("foreign_node");
  });

  it.each([
    ["a comment", "<!-- -->"],
    ["a CDATA section", "<![CDATA[the-subject]]>"],
    ["an instruction", "<?evil?>"],
  ])("with %s anywhere", async (_what, node) => {
    const xml = await answer();
    expect(refusalOf(changed(xml, "the-subject", node))).toBe("foreign_node");
    expect(refusalOf(changed(xml, "<samlp:Status>", `${node}<samlp:Status>`))).toBe("foreign_node");
    expect(refusalOf(xml + node)).toMatch(/^(foreign_node|not_xml)$/);
  });

  it("with an element in a name", async () => {
    const change = (xml: string) => changed(xml, "the-subject", "admin<x/>.evil");
    expect(refusalOf(await answer({ change }))).toBe("subject");
  });

  it("that is deeper or wider than any answer", async () => {
    const xml = await answer();
    expect(refusalOf(changed(xml, "<samlp:Status>", "<a>".repeat(50) + "</a>".repeat(50) + "<samlp:Status>"))).toBe(
      "too_complex",
    );
    expect(refusalOf(changed(xml, "<samlp:Status>", `${"<a/>".repeat(5_000)}<samlp:Status>`))).toBe("too_complex");
    expect(refusalOf("<a>".repeat(100_000))).toBe("too_complex");
    const attributes = Array.from({ length: 9_000 }, (_none, n) => ` a${n}=""`).join("");
    expect(refusalOf(changed(xml, "<samlp:Status>", `<samlp:Status${attributes}>`))).toBe("too_complex");
  });

  it.each([
    ["nothing", ""],
    ["no XML", "not XML"],
    ["half of it", "<samlp:Response"],
    ["another root", "<a/>"],
    ["two roots", "<a/><b/>"],
    ["an end that fits no beginning", "<a></b>"],
    ["an attribute twice", '<a x="1" x="2"/>'],
    ["a prefix of nothing", "<samlp:Response/>"],
  ])("that is %s", (_what, xml) => {
    expect(refusalOf(xml)).toMatch(/^(not_xml|not_a_response|foreign_node)$/);
  });

  it("after or before the answer", async () => {
    const xml = await answer();
    for (const around of [`${xml}<a/>`, `${xml}text`, `text${xml}`, xml + xml])
      expect(refusalOf(around)).toMatch(/^(not_xml|foreign_node|repeated_id)$/);
  });
});
