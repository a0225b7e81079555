import { expect, test } from "vitest";
import { excerpts } from "./excerpts.js";

const lorem = "The customer said something that somebody should read before they call back. ".repeat(3);

test("short texts stand as they are", () => {
  expect(excerpts({ before: "Call them", after: "Write to them" })).toBeNull();
});

test("of long ones the part is shown in which they differ, with some of what is around it", () => {
  const cut = excerpts({ before: `${lorem}Call. ${lorem}`, after: `${lorem}Write! ${lorem}` });
  expect(cut?.before).toMatch(/^….{29} Call\. .{29}…$/);
  expect(cut?.after).toMatch(/^….{29} Write! .{29}…$/);
});

test("one that is long in what differs is cut, and one that only grew shows where", () => {
  const cut = excerpts({ before: "", after: lorem });
  expect(cut).toEqual({ before: "", after: `${lorem.slice(0, 120)}…` });
  expect(excerpts({ before: lorem, after: `${lorem}Now.` })?.after).toMatch(/^….* Now\.$/);
});

test("lines are long, however short", () => {
  expect(excerpts({ before: "a\nb", after: "a\nc" })).toEqual({ before: "a\nb", after: "a\nc" });
});
