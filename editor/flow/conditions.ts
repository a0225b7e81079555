import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import { operatorRules, operatorsFor } from "../../workflows/flow/condition-rows.js";
import type { ConditionGroup, ConditionRow, Operator } from "../../workflows/flow/schema.js";

/** Pure edits of a condition's rows. */

export type Row = ConditionRow | ConditionGroup;
export const isGroup = (row: Row): row is ConditionGroup => "rows" in row;

export const replaceRow = (group: ConditionGroup, at: number, row: Row): ConditionGroup => ({
  ...group,
  rows: group.rows.map((old, index) => (index === at ? row : old)),
});

export const removeRow = (group: ConditionGroup, at: number): ConditionGroup => ({
  ...group,
  rows: group.rows.filter((_, index) => index !== at),
});

export const addRow = (group: ConditionGroup, row: Row): ConditionGroup => ({ ...group, rows: [...group.rows, row] });

const usualOperator: Readonly<Record<FieldSpec["type"], Operator>> = {
  string: "equals",
  number: "atMost",
  boolean: "equals",
  timestamp: "greaterThan",
  list: "contains",
};
const usualValue = (type: FieldSpec["type"]): ConditionRow["value"] => (type === "boolean" ? true : null);

/** A row about this field, with the comparison that is asked most often. */
export const newRow = ({ path, type }: FieldSpec): ConditionRow => ({
  field: path,
  operator: usualOperator[type],
  value: usualValue(type),
});

/** Keeps the comparison and the value as far as they make sense for the new field. */
export function withFieldOf(row: ConditionRow, field: FieldSpec, before: FieldSpec | undefined): ConditionRow {
  if (before?.type !== field.type || !operatorsFor(field.type).includes(row.operator)) return newRow(field);
  return { ...row, field: field.path, value: before.path === field.path ? row.value : usualValue(field.type) };
}

/** Keeps the value unless the new comparison takes another kind of it. */
export function withOperator(row: ConditionRow, operator: Operator): ConditionRow {
  const takes = operatorRules[operator].takes;
  if (takes === operatorRules[row.operator].takes) return { ...row, operator };
  if (takes === "none") return { ...row, operator, value: null };
  return { ...row, operator, value: takes === "many" ? [] : null };
}
