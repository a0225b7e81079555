import type { Condition, ConditionGroup, ConditionRow } from "./parts.js";

/** Fields that must be there for the condition to be true: every row but "is empty" is only true of a field that exists. */
export function provedBy(condition: Condition): readonly string[] {
  return "cel" in condition ? [] : provedByGroup(condition);
}

function provedByGroup({ match, rows }: ConditionGroup): readonly string[] {
  const each = rows.map(provedByRow);
  if (match === "all") return [...new Set(each.flat())];
  const [first = [], ...others] = each;
  return first.filter((field) => others.every((fields) => fields.includes(field)));
}

function provedByRow(row: ConditionRow | ConditionGroup): readonly string[] {
  if ("rows" in row) return provedByGroup(row);
  return row.operator === "isEmpty" ? [] : [row.field];
}
