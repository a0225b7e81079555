import type { FieldSpec } from "./catalogue.js";
import { cap, type Env, environmentFor } from "./cel-environment.js";
import { guardAst } from "./cel-guards.js";
import { checkPatterns } from "./condition-patterns.js";
import { checkRows, toCel } from "./condition-rows.js";
import type { Condition } from "./parts.js";
import { valuesFor } from "./values.js";
import type { ExpressionProblem } from "./expression-problem.js";
import { memo } from "./memo.js";

export type { ExpressionProblem } from "./expression-problem.js";

/** "Could not be judged" is never "false": the caller makes the step stuck, or the match undecided. */
export type Judgement = { readonly ok: true; readonly value: boolean } | Unjudged;

interface Unjudged {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
}

export interface CompiledCondition {
  readonly ok: true;
  readonly cel: string;
  /** Paths of the fields that it reads. */
  readonly reads: readonly string[];
  /** Paths whose presence it asks for by `has()`. */
  readonly asksFor: readonly string[];
  readonly test: (context: Readonly<Record<string, unknown>>) => Judgement;
}
export interface UncompiledCondition {
  readonly ok: false;
  readonly problems: readonly ExpressionProblem[];
}

const compiledFor = new WeakMap<
  readonly FieldSpec[],
  (condition: Condition) => CompiledCondition | UncompiledCondition
>();
const CACHED_PER_FIELDS = 200;

/**
 * Types and bounds a condition over these fields. Rows are true of a missing field only by `is empty`; a CEL text that reads a
 * missing field cannot be judged. Hand in one `fields` array per place: what was compiled is remembered with it.
 */
export function compileCondition(
  condition: Condition,
  fields: readonly FieldSpec[],
): CompiledCondition | UncompiledCondition {
  const known = compiledFor.get(fields);
  if (known) return known(condition);
  const compile = memo(
    CACHED_PER_FIELDS,
    (asked: Condition) => JSON.stringify(asked),
    (asked) => compileFresh(asked, fields),
  );
  compiledFor.set(fields, compile);
  return compile(condition);
}

function compileFresh(condition: Condition, fields: readonly FieldSpec[]): CompiledCondition | UncompiledCondition {
  if ("cel" in condition) return compileCel(condition.cel, fields, "typed");
  const problems = [...checkRows(condition, fields), ...checkPatterns(condition)];
  if (problems.length > 0) return { ok: false, problems };
  return compileCel(toCel(condition, fields), fields, "rows");
}

function compileCel(
  cel: string,
  fields: readonly FieldSpec[],
  origin: "typed" | "rows",
): CompiledCondition | UncompiledCondition {
  const checked = checkCel(cel, fields, origin);
  if (!checked.ok) return checked;
  const { program, type, reads, asksFor } = checked;
  if (type !== "bool") return failed("not_a_condition", `This gives a ${type}, not yes or no.`);
  const read = fields.filter(({ path }) => reads.includes(path));
  return { ok: true, cel, reads, asksFor, test: (context) => judge(program, read, context) };
}

/** What an expression gives: a text, a number, yes or no. */
export type Valuation = { readonly ok: true; readonly value: string | number | boolean } | Unjudged;

export interface CompiledValue {
  readonly ok: true;
  readonly reads: readonly string[];
  readonly asksFor: readonly string[];
  readonly evaluate: (context: Readonly<Record<string, unknown>>) => Valuation;
}

const VALUE_TYPES: ReadonlySet<string> = new Set(["string", "double", "int", "bool"]);

/** As `compileCondition`, of a typed expression that gives a text, a number, yes or no. */
export function compileValue(cel: string, fields: readonly FieldSpec[]): CompiledValue | UncompiledCondition {
  const checked = checkCel(cel, fields, "typed");
  if (!checked.ok) return checked;
  const { program, type, reads, asksFor } = checked;
  if (!VALUE_TYPES.has(type))
    return failed("not_a_key", `This gives a ${type}, not a text, a number, or yes or no.`, { type });
  const read = fields.filter(({ path }) => reads.includes(path));
  return { ok: true, reads, asksFor, evaluate: (context) => valuate(program, read, context) };
}

interface Checked extends Pick<CompiledCondition, "ok" | "reads" | "asksFor"> {
  readonly program: Program;
  readonly type: string;
}

function checkCel(cel: string, fields: readonly FieldSpec[], origin: "typed" | "rows"): Checked | UncompiledCondition {
  if (cel.length > cap.text[origin]) return failed("too_long", `Keep it under ${cap.text[origin]} characters.`);
  const parsed = parse(environmentFor(fields, origin), cel);
  if (!parsed.ok) return parsed;
  const { program } = parsed;
  const { problems, reads, asksFor } = guardAst(program.ast, { fields, trusted: origin === "rows" });
  if (problems.length > 0) return { ok: false, problems };
  const { valid, type, error } = program.check();
  if (!valid) return { ok: false, problems: [problemOf(error)] };
  return { ok: true, program, type: type ?? "value", reads, asksFor };
}

type Program = ReturnType<Env["parse"]>;

function parse(env: Env, cel: string): { ok: true; program: Program } | UncompiledCondition {
  try {
    return { ok: true, program: env.parse(cel) };
  } catch (error) {
    return { ok: false, problems: [problemOf(error)] };
  }
}

function judge(program: Program, fields: readonly FieldSpec[], context: Readonly<Record<string, unknown>>): Judgement {
  const given = run(program, fields, context);
  if (!given.ok) return given;
  const { value } = given;
  if (typeof value === "boolean") return { ok: true, value };
  return { ok: false, code: "not_a_condition", message: "The condition did not give yes or no.", field: null };
}

function valuate(
  program: Program,
  fields: readonly FieldSpec[],
  context: Readonly<Record<string, unknown>>,
): Valuation {
  const given = run(program, fields, context);
  if (!given.ok) return given;
  // Whole numbers come as bigint, and are the same number as a double of that size.
  const value = typeof given.value === "bigint" ? Number(given.value) : given.value;
  if (typeof value === "string" || typeof value === "boolean") return { ok: true, value };
  if (typeof value === "number" && Number.isFinite(value)) return { ok: true, value };
  return { ok: false, code: "not_a_key", message: "The expression gave nothing to go by.", field: null };
}

type Given = { readonly ok: true; readonly value: unknown } | Unjudged;

function run(program: Program, fields: readonly FieldSpec[], context: Readonly<Record<string, unknown>>): Given {
  const values = valuesFor(fields, context);
  if (!values.ok) return values;
  try {
    return { ok: true, value: program(values.tree) };
  } catch (error) {
    return unjudged(error, fields, context);
  }
}

function unjudged(error: unknown, fields: readonly FieldSpec[], context: Readonly<Record<string, unknown>>): Unjudged {
  const { code, message } = problemOf(error);
  const present = valuesFor(fields, context);
  const missing = code === "no_such_key" && present.ok ? present.missing[0] : undefined;
  if (missing === undefined) return { ok: false, code, message, field: null };
  return { ok: false, code: "missing_field", message: `${missing} is missing in this response.`, field: missing };
}

const failed = (code: string, message: string, params: Readonly<Record<string, string>> = {}): UncompiledCondition => ({
  ok: false,
  problems: [{ code, message, params, start: null, end: null, row: null }],
});

/** The library's message without its drawing of the source line. */
function problemOf(error: unknown): ExpressionProblem {
  const { code, message, range } = error instanceof Error ? readError(error) : { message: String(error) };
  const [summary = ""] = message.split("\n");
  return {
    code: code ?? "expression_failed",
    message: summary,
    params: { detail: summary },
    start: range?.start ?? null,
    end: range?.end ?? null,
    row: null,
  };
}

interface CelError {
  readonly message: string;
  readonly code?: string;
  readonly range?: { readonly start: number; readonly end: number };
}
const readError = (error: CelError): CelError => error;
