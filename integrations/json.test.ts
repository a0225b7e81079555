import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJsonSafely } from "./json.js";

const parse = (text: string) => parseJsonSafely(Buffer.from(text));
const nested = (depth: number, open = "[", close = "]") => open.repeat(depth) + close.repeat(depth);

describe("parseJsonSafely", () => {
  it("gives what JSON.parse gives for any well-formed value", () => {
    const storable = fc
      .json({ maxDepth: 4 })
      .filter((text) => !/__proto__|constructor|prototype|\\u0000|\\ud/i.test(text));
    fc.assert(
      fc.property(storable, (text) => {
        expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
      }),
    );
  });

  it.each(["", "{", "nope", "{'a':1}", "[1,]", "1 2", "NaN"])("refuses %j as not JSON", (text) => {
    expect(parse(text)).toEqual({ ok: false, kind: "malformed", reason: "The body is not JSON." });
  });

  it("refuses bytes that are not UTF-8", () => {
    expect(parseJsonSafely(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toMatchObject({
      kind: "malformed",
      reason: "The body is not UTF-8 text.",
    });
  });

  it("takes a body that starts with a byte order mark", () => {
    expect(parse('\uFEFF{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
  });

  it("takes 64 levels and refuses 65", () => {
    expect(parse(nested(64)).ok).toBe(true);
    expect(parse(nested(65))).toMatchObject({ kind: "malformed", reason: /deeper than 64/ });
  });

  it.each([
    ["arrays", nested(100_000)],
    ["objects", nested(100_000, '{"a":', "}")],
    ["unclosed arrays", "[".repeat(100_000)],
    ["a tower after a shallow start", `[{"a":1},${nested(100_000)}]`],
  ])("refuses 100,000 levels of %s without overflowing", (_, text) => {
    expect(parse(text)).toMatchObject({ ok: false, kind: "malformed", reason: /deeper than 64/ });
  });

  it("does not count brackets inside strings", () => {
    const text = JSON.stringify({ a: '\\"' + "[{".repeat(200) });
    expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
  });

  it("takes 10,000 values and refuses one more", () => {
    const list = (length: number) => JSON.stringify(Array.from({ length }, () => 0));
    expect(parse(list(9_999)).ok).toBe(true);
    expect(parse(list(10_000))).toMatchObject({ kind: "malformed", reason: /more than 10000 values/ });
  });

  it.each(["__proto__", "constructor", "prototype", "\\u005f_proto__"])("refuses the key %s at any depth", (key) => {
    expect(parse(`{"a":[{"${key}":{"x":1}}]}`)).toMatchObject({ kind: "malformed", reason: /is not allowed/ });
    expect(Object.prototype).not.toHaveProperty("x");
  });

  it.each([
    ["a NUL character", '{"comment":"a\\u0000b"}', "$.comment"],
    ["half of a surrogate pair", '{"a":["\\ud83d"]}', "$.a[0]"],
    ["half of a surrogate pair", '{"a":"\\ude00\\ud83d"}', "$.a"],
    ["a NUL character", '{"a\\u0000":1}', "a key of $"],
  ])("reports %s as proper JSON that cannot be stored", (what, text, place) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ ok: false, kind: "unstorable" });
    expect(parsed).toHaveProperty("reason", `The text at ${place} holds ${what}, which cannot be stored.`);
  });

  it("takes whole surrogate pairs", () => {
    expect(parse('{"a":"\\ud83d\\ude00"}')).toEqual({ ok: true, value: { a: "😀" } });
  });

  it("calls a body malformed when it is both malformed and unstorable", () => {
    expect(parse('{"__proto__":"\\u0000"}')).toMatchObject({ kind: "malformed" });
  });
});
