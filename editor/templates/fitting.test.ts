import { expect, test } from "vitest";
import { templates } from "../../workflows/flow/templates/index.js";
import { fitting, type TemplateFilter } from "./fitting.js";

const idsOf = (filter: TemplateFilter, language: "en" | "fr" = "en") =>
  fitting(templates, filter, language).map(({ id }) => id);

test("without a filter all are shown", () => {
  expect(idsOf({})).toHaveLength(templates.length);
  expect(idsOf({ words: " " })).toHaveLength(templates.length);
});

test("every word must be found, in the reader's language, with or without its accents", () => {
  expect(idsOf({ words: "VIP approval" })).toEqual(["vip-complaint"]);
  expect(idsOf({ words: "reclamation SILENCE" }, "fr")).toEqual(["unanswered-complaint"]);
  expect(idsOf({ words: "unicorn" })).toEqual([]);
});

test("a system and a kind of feedback narrow it, and what hears every kind fits each", () => {
  expect(idsOf({ metric: "ces" })).toEqual(["told-when-fixed", "feature-requests", "onboarding-friction"]);
  expect(idsOf({ metric: "ces", system: "slack", words: "first steps" })).toEqual(["onboarding-friction"]);
  expect(idsOf({ metric: "stars", system: "salesforce" })).not.toContain("review-reply");
});
