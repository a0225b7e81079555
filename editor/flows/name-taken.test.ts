import { expect, test } from "vitest";
import { isNameTaken } from "./name-taken.js";

const flows = [
  { id: "a", name: "NPS < 6 → CRM note" },
  { id: "b", name: "Promoters" },
];

test("a name that another flow has is taken, whatever its capitals and spaces; one's own is not", () => {
  expect(isNameTaken(" nps < 6  → CRM note", flows)).toBe(true);
  expect(isNameTaken("Promoters", flows, "a")).toBe(true);
  expect(isNameTaken("Promoters", flows, "b")).toBe(false);
  expect(isNameTaken("NPS < 5 → CRM note", flows)).toBe(false);
  expect(isNameTaken("  ", [{ id: "c", name: "" }])).toBe(false);
});
