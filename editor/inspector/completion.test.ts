import { describe, expect, test } from "vitest";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import { completionsAt, insertionOf, matching, suggestionsFor } from "./completion.js";

const field = (path: string, optional: boolean): FieldSpec => ({
  path,
  title: `The ${path}`,
  type: "string",
  dataClass: "clear",
  optional,
});

describe("inserting a field", () => {
  test.each([
    [false, "template", "{{ feedback.score }}"],
    [true, "template", '{{ feedback.score | default: "" }}'],
    [false, "cel", "feedback.score"],
    [true, "cel", "has(feedback.score) && feedback.score"],
  ] as const)("optional %s in %s: %s", (optional, language, expected) => {
    expect(insertionOf(field("feedback.score", optional), language)).toBe(expected);
  });
});

describe("completing", () => {
  const at = (text: string, language: "template" | "cel" = "template", explicit = false) => {
    const [before = "", after = ""] = text.split("|");
    return completionsAt({ before, after, language, explicit });
  };

  test("begins behind two braces", () => {
    expect(at("Hi {{ con|")).toEqual({ from: 3, to: 9, prefix: "con" });
    expect(at("Hi {{|")).toEqual({ from: 3, to: 5, prefix: "" });
  });

  test("does not begin in plain words, nor behind a filter", () => {
    expect(at("Hi con|")).toBeNull();
    expect(
      completionsAt({ before: '{{ a.b | default: "x', after: "", language: "template", explicit: false }),
    ).toBeNull();
  });

  test("replaces the rest of a field that is already there", () => {
    expect(at("{{ con|tact.name }} says")).toEqual({ from: 0, to: 18, prefix: "con" });
  });

  test("of an expression is a word, or everything when asked for", () => {
    expect(at("a && feed|", "cel")).toEqual({ from: 5, to: 9, prefix: "feed" });
    expect(at("|", "cel")).toBeNull();
    expect(at("|", "cel", true)).toEqual({ from: 0, to: 0, prefix: "" });
  });

  test("finds by path and by title", () => {
    const suggestions = suggestionsFor(
      [field("contact.name", true), field("run.url", false)],
      "template",
      ({ title }) => title,
    );
    expect(matching(suggestions, "CONTACT").map(({ label }) => label)).toEqual(["contact.name"]);
    expect(matching(suggestions, "the run").map(({ label }) => label)).toEqual(["run.url"]);
  });
});
