import { expect, it } from "vitest";
import { planImport } from "./plan-import.js";

it("names are compared as sources' are, the last word counts, and what is left out is not said", () => {
  const { names, described, placed } = planImport([
    { name: "Globex  SA", parent: "Holding", attributes: { tier: "key", level: 1 } },
    { name: "globex sa", attributes: { level: 2 } },
    { name: "Holding", parent: null },
    { name: "Initech" },
  ]);
  expect([...names]).toEqual([
    ["globex sa", "globex sa"],
    ["holding", "Holding"],
    ["initech", "Initech"],
  ]);
  expect([...described]).toEqual([["globex sa", { tier: "key", level: 2 }]]);
  expect([...placed]).toEqual([
    ["globex sa", "holding"],
    ["holding", null],
  ]);
});
