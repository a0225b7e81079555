import { expect, test } from "vitest";
import { readable } from "./describe.js";

const titles: Readonly<Record<string, string>> = { "contact.name": "the contact" };
const titleOf = (path: string) => titles[path] ?? path;

test.each([
  ['Call back {{ contact.name | default: "A customer" }}', "Call back ‹the contact›"],
  ["*Call {{contact.name}}*\n>now", "Call ‹the contact› now"],
  ["{% if contact.name %}Dear {{ contact.name }}{% endif %}", "Dear ‹the contact›"],
  ["snake_case and 3 * 4", "snake_case and 3 * 4"],
])("%j reads aloud as %j", (text, expected) => {
  expect(readable(text, titleOf)).toBe(expected);
});
