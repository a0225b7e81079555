import { describe, expect, test } from "vitest";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import type { ConditionRow } from "../../workflows/flow/schema.js";
import { leavesOutSixes } from "../../workflows/flow/sixes.js";
import { addRow, newRow, removeRow, replaceRow, withFieldOf, withOperator } from "./conditions.js";

const field = (path: string, type: FieldSpec["type"]): FieldSpec => ({
  path,
  type,
  title: path,
  dataClass: "clear",
  optional: false,
});
const score = field("feedback.score", "number");
const revenue = field("account.annualRevenue", "number");
const tier = field("account.tier", "string");
const row: ConditionRow = { field: "feedback.score", operator: "lessThan", value: 6 };

describe("rows of a group", () => {
  const group = { match: "all" as const, rows: [row] };
  test("are added, replaced and removed by their place", () => {
    const two = addRow(group, newRow(tier));
    expect(two.rows).toHaveLength(2);
    expect(replaceRow(two, 1, row).rows).toEqual([row, row]);
    expect(removeRow(two, 0).rows).toEqual([newRow(tier)]);
  });
});

describe("another field", () => {
  test("of the same type keeps the comparison but not the value", () => {
    expect(withFieldOf(row, revenue, score)).toEqual({ ...row, field: "account.annualRevenue", value: null });
  });

  test("of another type begins anew", () => {
    expect(withFieldOf(row, tier, score)).toEqual({ field: "account.tier", operator: "equals", value: null });
  });
});

describe("another comparison", () => {
  test("keeps the value when it takes the same kind", () => {
    expect(withOperator(row, "atLeast").value).toBe(6);
  });

  test("needs no value to be empty, and a list for one of several", () => {
    expect(withOperator(row, "isEmpty").value).toBeNull();
    expect(withOperator(newRow(tier), "oneOf").value).toEqual([]);
  });
});

describe("the sixes", () => {
  test.each([
    [{ ...row }, true],
    [{ ...row, operator: "atMost" as const, value: 5 }, true],
    [{ ...row, operator: "atMost" as const }, false],
    [{ ...row, field: "account.annualRevenue" }, false],
  ])("%o leaves them out: %s", (asked, expected) => {
    expect(leavesOutSixes(asked)).toBe(expected);
  });
});
