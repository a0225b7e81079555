import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePath, readPath } from "./path.js";

const read = (value: unknown, text: string) => readPath(value, parsePath(text) ?? ["not a path"]);

describe("a mapping path", () => {
  it.each([
    ["$", []],
    ["$.a", ["a"]],
    ["$.a.b[0]", ["a", "b", 0]],
    ["$['odd key'].x", ["odd key", "x"]],
    ['$["it\'s"][12]', ["it's", 12]],
    ["$.prénom", ["prénom"]],
  ])("%s is read as %j", (text, path) => {
    expect(parsePath(text)).toEqual(path);
  });

  it.each(["", "a", "$a", "$.", "$..a", "$.a[*]", "$.a[-1]", "$.a[0:2]", "$.a[?(@.b)]", "$.a[", "$.a b", "$.1a"])(
    "%j is not one",
    (text) => {
      expect(parsePath(text)).toBeNull();
    },
  );

  it("finds nested values and nothing where nothing stands", () => {
    const value = { a: { b: [{ c: 0 }] }, n: null };
    expect(read(value, "$.a.b[0].c")).toBe(0);
    expect(read(value, "$.n")).toBeNull();
    expect(read(value, "$.n.x")).toBeUndefined();
    expect(read(value, "$.a.b[1]")).toBeUndefined();
    expect(read(value, "$.a[0]")).toBeUndefined();
  });

  it.each([
    "$.constructor",
    "$.__proto__",
    "$.toString",
    "$['hasOwnProperty']",
    "$.list.length",
    "$.list.map",
    "$.text.length",
  ])("%s sees no inherited or built-in property", (text) => {
    expect(read({ list: [1], text: "abc" }, text)).toBeUndefined();
  });

  it("finds any own property by its quoted name", () => {
    const key = fc.string().filter((name) => !name.includes("'") && name !== "__proto__");
    fc.assert(
      fc.property(key, fc.anything(), (name, value) => {
        expect(read({ [name]: value }, `$['${name}']`)).toBe(value);
      }),
    );
  });
});
