import { expect, test } from "vitest";
import { hardSpaces, withHardSpaces } from "./hard-spaces.js";
import { inFrench } from "./in-french.js";

test.each([
  ["Slack message", "Message Slack"],
  ["14997 of 15000 API calls are left today.", "Il reste 14997 appels d'API sur 15000 aujourd'hui."],
  ["Something of next year, 2027.", "Something of next year, 2027."],
  ["Post to {channel}: {text}", "Publier dans {channel}\u00a0: {text}"],
])("%s is said as it is known", (english, french) => {
  expect(inFrench(english)).toBe(french);
});

test("no line breaks before high punctuation or inside quotation marks", () => {
  expect(hardSpaces("Finir par « oui » ? Non : 3 % !")).toBe(
    "Finir par «\u00a0oui\u00a0»\u00a0? Non\u00a0: 3\u00a0%\u00a0!",
  );
  expect(withHardSpaces({ a: { b: "Oui !" } })).toEqual({ a: { b: "Oui\u00a0!" } });
});
