import { expect, test } from "vitest";
import { sayValue, type Speaker } from "./say-value.js";

const speaker: Speaker = {
  language: "en",
  nothing: "nothing",
  yes: "Yes",
  no: "No",
  nameOf: (text) => ({ c1: "Our Slack" })[text],
};
const said = (value: unknown) => sayValue(value, speaker);

test("values are said as a reader would say them", () => {
  expect(said(4)).toBe("4");
  expect(said(true)).toBe("Yes");
  expect(said({ amount: 4, unit: "hours" })).toBe("4 hours");
  expect(said({ match: "all", rows: [{ field: "feedback.score", operator: "atMost", value: 6 }] })).toBe(
    "the score is at most 6",
  );
  expect(said(["c1", "nps"])).toBe("Our Slack, nps");
  expect(said("c1")).toBe("Our Slack");
});

test("what was left empty is nothing, however it was left", () => {
  expect([undefined, null, "", []].map(said)).toEqual(["nothing", "nothing", "nothing", "nothing"]);
});

test("a text is said whole, and what has no words not at all", () => {
  expect(said("a".repeat(400))).toBe("a".repeat(400));
  expect(said([{ output: "a", title: "A", percent: 50 }])).toBeNull();
});
