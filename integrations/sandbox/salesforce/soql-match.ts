import { fail } from "./failure.js";
import type { Field, FieldType } from "./field.js";
import { canonicalId } from "./ids.js";
import type { Sobject } from "./objects.js";
import type { FieldValue, Records, Row } from "./records.js";
import type { Schema } from "./schema.js";
import type { Expression, Literal, SoqlQuery } from "./soql.js";
import { resolvePath, valueAt } from "./soql-fields.js";
import { pointAt } from "./soql-tokens.js";

export type Test = (row: Row, records: Records) => boolean;

interface Scope {
  readonly schema: Schema;
  readonly from: Sobject;
  readonly query: SoqlQuery;
}

/** Turns WHERE into a test once, so that a wrong field is refused even where no row would be looked at. */
export function compile(expression: Expression | undefined, scope: Scope): Test {
  if (!expression) return () => true;
  if (expression.kind === "not") {
    const inner = compile(expression.part, scope);
    return (row, records) => !inner(row, records);
  }
  if (expression.kind === "compare") return compileComparison(expression, scope);
  const parts = expression.parts.map((part) => compile(part, scope));
  if (expression.kind === "and") return (row, records) => parts.every((part) => part(row, records));
  return (row, records) => parts.some((part) => part(row, records));
}

function compileComparison({ path, operator, values }: Extract<Expression, { kind: "compare" }>, scope: Scope): Test {
  const resolved = resolvePath(scope.schema, scope.from, path, scope.query);
  const { field } = resolved;
  for (const literal of values) mustFit(field, literal, { at: path.at, text: scope.query.text });
  const wanted = values.map((literal) => comparable(field, literal.value));
  return (row, records) => holds(operator, comparable(field, valueAt(row, resolved, records)), wanted);
}

const KIND: Partial<Record<FieldType, Literal["type"]>> = {
  boolean: "boolean", double: "number", currency: "number", int: "number", date: "time", datetime: "time",
}; // prettier-ignore

function mustFit(field: Field, literal: Literal, spot: { at: number; text: string }): void {
  const expected = KIND[field.type] ?? "string";
  if (literal.type === "null") return;
  if (literal.type !== expected) {
    const quotes = expected === "string" ? "should be enclosed in quotes" : "should not be enclosed in quotes";
    const complaint = `value of filter criterion for field '${field.name}' must be of type ${field.type} and ${quotes}`;
    fail("INVALID_FIELD", pointAt(spot.text, spot.at, complaint));
  }
  const isId = field.type === "id" || field.type === "reference";
  if (isId && !canonicalId(String(literal.value))) {
    fail("INVALID_QUERY_FILTER_OPERATOR", pointAt(spot.text, spot.at, `invalid ID field: ${String(literal.value)}`));
  }
}

type Comparable = string | number | boolean | null;

/** Text ignores case, but for unique keys that were set up to keep it; ids come in either length. */
export function comparable(field: Field, value: FieldValue): Comparable {
  if (value === null || value === undefined) return null;
  if (field.type === "datetime") return Date.parse(String(value));
  if (field.type === "id" || field.type === "reference") return canonicalId(String(value)) ?? String(value);
  if (typeof value === "number" || typeof value === "boolean") return value;
  return field.unique ? value : value.toLowerCase();
}

function holds(operator: string, value: Comparable, wanted: readonly Comparable[]): boolean {
  const first = wanted[0] ?? null;
  const byOperator: Readonly<Record<string, () => boolean>> = {
    "=": () => value === first,
    "!=": () => value !== first,
    in: () => wanted.includes(value),
    "not in": () => !wanted.includes(value),
    like: () => likePattern(String(first)).test(String(value ?? "")),
    ">": () => ordered(value, first, (left, right) => left > right),
    ">=": () => ordered(value, first, (left, right) => left >= right),
    "<": () => ordered(value, first, (left, right) => left < right),
    "<=": () => ordered(value, first, (left, right) => left <= right),
  };
  return byOperator[operator]?.() ?? false;
}

function ordered(
  left: Comparable,
  right: Comparable,
  compare: (left: string | number, right: string | number) => boolean,
): boolean {
  const sameKind = typeof left === typeof right;
  return sameKind && isOrdered(left) && isOrdered(right) && compare(left, right);
}

function isOrdered(value: Comparable): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function likePattern(pattern: string): RegExp {
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/%/g, "[\\s\\S]*").replace(/_/g, "[\\s\\S]")}$`, "i");
}
