import { describe, expect, test } from "vitest";
import { catalogue } from "../e2e/fixtures/catalogue.js";
import { en } from "./en.js";
import { fr } from "./fr.js";
import { firstLanguage } from "./index.js";
import { serverWords } from "./server-words.js";

type Tree = { readonly [key: string]: string | Tree };

const leaves = (tree: Tree, path = ""): (readonly [string, string])[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as const] : leaves(value, `${path}${key}.`),
  );
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted();

describe("the languages", () => {
  const english = new Map(leaves(en));
  const french = new Map(leaves(fr));

  test("have the same keys", () => {
    expect([...french.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  test("leave no text empty", () => {
    const empty = [...english, ...french].filter(([, text]) => text.trim() === "");
    expect(empty).toEqual([]);
  });

  test("have one kind of apostrophe", () => {
    expect([...french].filter(([, text]) => text.includes("\u2019"))).toEqual([]);
  });

  test("fill in the same names", () => {
    const different = [...english].filter(
      ([key, text]) => placeholders(text).join() !== placeholders(french.get(key) ?? "").join(),
    );
    // French says "one" in words where English counts, and the other way round.
    expect(different.map(([key]) => key)).toEqual([]);
  });
});

test("every action and field of the catalogue is known in French", () => {
  const titles = [...catalogue.actions.map(({ title }) => title), ...catalogue.fields.map(({ title }) => title)];
  expect(titles.filter((title) => serverWords[title] === undefined)).toEqual([]);
});

test.each([
  ["fr", ["en"], "fr"],
  [null, ["de-DE", "fr-CA"], "fr"],
  [null, ["de"], "en"],
  ["xx", ["en-GB"], "en"],
] as const)("stored %s and wanted %j give %s", (stored, wanted, expected) => {
  expect(firstLanguage(stored, wanted)).toBe(expected);
});
