import type { FieldSpec } from "./catalogue.js";
import type { Condition, ConditionGroup, ConditionRow } from "./parts.js";

type Scalar = string | number | boolean;

/** What one field must be for a condition to hold at all: whoever is something else need not be judged. */
export interface Guard {
  readonly field: FieldSpec;
  /** One of these, exactly. */
  readonly values: readonly Scalar[];
}

/**
 * The row that rules out most, of those that all must hold: the one that allows the fewest values. Null where nothing is sure (any of
 * several rows may hold, a typed expression, comparisons without an equality).
 */
export function guardOf(when: Condition | null, fields: readonly FieldSpec[]): Guard | null {
  if (!when || "cel" in when) return null;
  const guards = rowsThatMustHold(when).flatMap((row) => guardOfRow(row, fields));
  const [best = null] = guards.toSorted((a, b) => a.values.length - b.values.length);
  return best;
}

/** A group of one row is the same whether all or any of it must hold. */
function rowsThatMustHold({ match, rows }: ConditionGroup): ConditionRow[] {
  if (match === "any" && rows.length > 1) return [];
  return rows.flatMap((row) => ("rows" in row ? rowsThatMustHold(row) : [row]));
}

function guardOfRow({ field: path, operator, value }: ConditionRow, fields: readonly FieldSpec[]): Guard[] {
  const field = fields.find((spec) => spec.path === path);
  if (!field || (operator !== "equals" && operator !== "oneOf")) return [];
  const values = Array.isArray(value) ? value : [value];
  const exact = values.filter((one): one is Scalar => one !== null && typeof one === field.type);
  return exact.length === values.length ? [{ field, values: exact }] : [];
}
