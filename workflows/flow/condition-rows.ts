import type { FieldSpec, FieldType } from "./catalogue.js";
import type { ExpressionProblem } from "./expression-problem.js";
import type { ConditionGroup, ConditionRow, Operator } from "./parts.js";

const MAX_ROWS = 100;
const MAX_GROUP_DEPTH = 5;

type Value = ConditionRow["value"];

interface OperatorRule {
  readonly types: readonly FieldType[];
  readonly takes: "one" | "many" | "none";
  readonly cel: (field: string, literal: string) => string;
}

const comparison = (symbol: string, types: readonly FieldType[]): OperatorRule => ({
  types,
  takes: "one",
  cel: (field, literal) => `${field} ${symbol} ${literal}`,
});

/** Text is searched without regard to case, as people expect of "contains"; `equals` and `is one of` compare exactly. */
const contains: OperatorRule = {
  types: ["string", "list"],
  takes: "one",
  cel: (field, literal) => `${field}.lowerAscii().contains(${literal}.lowerAscii())`,
};
const scalar: readonly FieldType[] = ["string", "number", "boolean"];
const ordered: readonly FieldType[] = ["number", "timestamp"];
const every: readonly FieldType[] = ["string", "number", "boolean", "timestamp", "list"];

export const operatorRules: Readonly<Record<Operator, OperatorRule>> = {
  equals: comparison("==", scalar),
  notEquals: comparison("!=", scalar),
  lessThan: comparison("<", ordered),
  atMost: comparison("<=", ordered),
  atLeast: comparison(">=", ordered),
  greaterThan: comparison(">", ordered),
  contains,
  notContains: { ...contains, cel: (field, literal) => `!${contains.cel(field, literal)}` },
  startsWith: {
    types: ["string"],
    takes: "one",
    cel: (field, literal) => `${field}.lowerAscii().startsWith(${literal}.lowerAscii())`,
  },
  matches: { types: ["string"], takes: "one", cel: (field, literal) => `matches(${field}, ${literal})` },
  oneOf: { types: ["string"], takes: "many", cel: (field, literal) => `${field} in ${literal}` },
  isEmpty: { types: every, takes: "none", cel: (field) => field },
  isNotEmpty: { types: every, takes: "none", cel: (field) => field },
};

export const operatorsFor = (type: FieldType): readonly Operator[] => {
  const names = Object.entries(operatorRules).filter(([, { types }]) => types.includes(type));
  // The keys of a Record<Operator, …> are operators.
  return names.map(([name]) => name as Operator);
};

/** The rows as CEL: what the advanced view shows, and what is evaluated. Rows must have passed `checkRows`. */
export function toCel({ match, rows }: ConditionGroup, fields: readonly FieldSpec[]): string {
  if (rows.length === 0) return "true";
  const parts = rows.map((row) => ("rows" in row ? `(${toCel(row, fields)})` : rowToCel(row, fields)));
  return parts.join(match === "all" ? " && " : " || ");
}

function rowToCel({ field, operator, value }: ConditionRow, fields: readonly FieldSpec[]): string {
  const spec = fields.find(({ path }) => path === field);
  const type = spec?.type ?? "string";
  if (operator === "isEmpty") return `!${presence(field, type)}`;
  if (operator === "isNotEmpty") return presence(field, type);
  const test =
    type === "list" ? listTest(field, operator, value) : operatorRules[operator].cel(field, literal(value, type));
  return spec?.optional === false ? test : `(has(${field}) && ${test})`;
}

const presence = (field: string, type: FieldType): string => {
  if (type === "string") return `(has(${field}) && ${field} != "")`;
  return type === "list" ? `(has(${field}) && size(${field}) > 0)` : `has(${field})`;
};

function listTest(field: string, operator: Operator, value: Value): string {
  const inside = `${literal(value, "string")} in ${field}`;
  return operator === "notContains" ? `!(${inside})` : inside;
}

function literal(value: Value, type: FieldType): string {
  if (Array.isArray(value)) return `[${value.map(quote).join(", ")}]`;
  if (type === "timestamp") return `timestamp(${quote(new Date(String(value)).toISOString())})`;
  return typeof value === "string" ? quote(value) : String(value);
}

/** JSON's escapes are CEL's. */
const quote = (text: string): string => JSON.stringify(text);

// --- checks -----------------------------------------------------------------------------------------------------------

/** Problems of the rows in the order of the rows; none means that `toCel` can word them. Patterns are looked at by `checkPatterns`. */
export function checkRows(group: ConditionGroup, fields: readonly FieldSpec[]): ExpressionProblem[] {
  const problems = checkGroup(group, { fields, path: "", depth: 1 });
  return countRows(group) > MAX_ROWS
    ? [problem("", "too_many_rows", `Use at most ${MAX_ROWS} rows.`), ...problems]
    : problems;
}

const countRows = ({ rows }: ConditionGroup): number =>
  rows.reduce((sum, row) => sum + ("rows" in row ? countRows(row) : 1), 0);

interface At {
  readonly fields: readonly FieldSpec[];
  readonly path: string;
  readonly depth: number;
}

function checkGroup({ rows }: ConditionGroup, { fields, path, depth }: At): ExpressionProblem[] {
  if (depth > MAX_GROUP_DEPTH) return [problem(path, "too_deep", `Nest groups at most ${MAX_GROUP_DEPTH} deep.`)];
  if (rows.length === 0) return [problem(path, "no_rows", "Add at least one condition.")];
  return rows.flatMap((row, index) => {
    const at = `${path}${path ? "." : ""}rows[${index}]`;
    return "rows" in row ? checkGroup(row, { fields, path: at, depth: depth + 1 }) : checkRow(row, fields, at);
  });
}

function checkRow(
  { field, operator, value }: ConditionRow,
  fields: readonly FieldSpec[],
  at: string,
): ExpressionProblem[] {
  const spec = fields.find(({ path }) => path === field);
  if (!spec) return [problem(at, "unknown_field", `There is no field “${field}” here.`, { field })];
  const { types, takes } = operatorRules[operator];
  if (!types.includes(spec.type)) {
    const message = `“${spec.title}” cannot be compared this way. Choose another comparison.`;
    return [problem(at, "wrong_operator", message, { field, operator })];
  }
  const wrong = takes === "none" ? null : valueProblem(value, operator, spec);
  return wrong === null ? [] : [problem(at, wrong.code, wrong.message, { field, operator })];
}

interface Wrong {
  readonly code: string;
  readonly message: string;
}

function valueProblem(value: Value, operator: Operator, spec: FieldSpec): Wrong | null {
  if (value === null || value === "" || (Array.isArray(value) && value.length === 0)) {
    return { code: "value_missing", message: `Say what “${spec.title}” is compared with.` };
  }
  const expected = operatorRules[operator].takes === "many" ? "many" : spec.type;
  return fits[expected](value) ? null : { code: "wrong_value", message: `“${spec.title}” needs ${kinds[expected]}.` };
}

const ISO_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

const fits: Readonly<Record<FieldType | "many", (value: Value) => boolean>> = {
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number" && Number.isFinite(value),
  boolean: (value) => typeof value === "boolean",
  timestamp: (value) => typeof value === "string" && ISO_TIME.test(value) && !Number.isNaN(Date.parse(value)),
  list: (value) => typeof value === "string",
  many: (value) => Array.isArray(value),
};

const kinds: Readonly<Record<FieldType | "many", string>> = {
  string: "a text",
  number: "a number",
  boolean: "yes or no",
  timestamp: "a date",
  list: "a text",
  many: "a list of texts",
};

const problem = (
  row: string,
  code: string,
  message: string,
  params: Readonly<Record<string, string>> = {},
): ExpressionProblem => ({ code, message, params, start: null, end: null, row: row || null });
