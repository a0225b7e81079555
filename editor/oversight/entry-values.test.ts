import { expect, test } from "vitest";
import type { Answers } from "../../server/oversight/oversight-api.js";
import { answersOf, valuesOf } from "./entry-values.js";

const nothing: Answers = {
  ...{ ownerId: null, purpose: null, lawfulBasis: null, dataClasses: [], dataSubjects: [], region: null, place: null },
  ...{ agreement: null, agreementOn: null, agreementReference: null, yearlyCost: null, currency: null },
  ...{ credentialOwnerId: null, credentialExpiresOn: null, retention: null },
};

test("what nobody said is an empty form, and an empty form says nothing", () => {
  expect(Object.values(valuesOf(nothing)).filter((value) => String(value) !== "")).toEqual([]);
  expect(answersOf(valuesOf(nothing))).toEqual(nothing);
});

test("what was said comes back as it was said, without the blanks around it", () => {
  const said: Answers = { ...nothing, purpose: "Ask", dataClasses: ["scores"], yearlyCost: 0, currency: "EUR" };
  expect(answersOf({ ...valuesOf(said), purpose: "  Ask " })).toEqual(said);
});

test("a currency without a cost is left out", () => {
  expect(answersOf({ ...valuesOf(nothing), currency: "EUR" })).toEqual(nothing);
});
