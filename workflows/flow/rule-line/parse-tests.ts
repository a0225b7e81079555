import { operatorRules } from "../condition-rows.js";
import { operators, type ConditionGroup, type ConditionRow, type Operator } from "../parts.js";
import { parseValue } from "./parse-values.js";
import { phrasesOf, type LineReader } from "./reader.js";
import { fieldOf, rowProblem, SCORE, subjectPhrases, type Subject } from "./subjects.js";
import type { Token } from "./tokens.js";
import type { Metric } from "./words/words.js";

/** What the words of a condition may lean on. */
export interface Scope {
  /** The kinds of feedback that start the flow; null while the line has not said so. */
  metrics: readonly Metric[] | null;
  readonly inTrigger: boolean;
  /** A word that only NPS knows was said. */
  saysCategory: boolean;
}

type Row = ConditionGroup["rows"][number];

const operatorPhrases = (reader: LineReader) =>
  operators.flatMap((operator) => phrasesOf<Operator>(reader.words.operators[operator], operator, reader.house));

export const isOperator = (reader: LineReader, ahead: number): boolean =>
  reader.longest(operatorPhrases(reader), ahead) !== null;

/** Tests with "and" (or a comma) between them, or with "or"; brackets where both are needed. */
export function parseCondition(reader: LineReader, scope: Scope): ConditionGroup {
  const rows: Row[] = [parseTest(reader, scope)];
  let match: ConditionGroup["match"] | null = null;
  for (;;) {
    const sign = reader.peek();
    const joined = parseJoin(reader, match);
    if (joined === null) return { match: match ?? "all", rows };
    if (match !== null && match !== joined) reader.fail("mixed_and_or", sign);
    match = joined;
    rows.push(parseTest(reader, scope));
  }
}

function parseJoin(reader: LineReader, match: ConditionGroup["match"] | null): ConditionGroup["match"] | null {
  if (match !== "any") reader.want({ what: "keyword", keyword: "and" });
  if (match !== "all") reader.want({ what: "keyword", keyword: "or" });
  if (reader.keyword("or")) return "any";
  if (reader.keyword("and")) return "all";
  if (isCommaBetweenTests(reader)) {
    reader.next();
    return "all";
  }
  const subject = reader.longest(subjectPhrases(reader.house))?.value;
  return subject?.kind === "row" && subject.bare ? "all" : null;
}

const isCommaBetweenTests = (reader: LineReader): boolean =>
  reader.peek().plain === "," && !reader.isKeyword("everyChange", 1) && !reader.isKeyword("otherwise", 1);

function parseTest(reader: LineReader, scope: Scope): Row {
  reader.want({ what: scope.inTrigger ? "clearTest" : "test" });
  if (reader.symbol("(")) {
    const group = reader.nested(() => parseCondition(reader, scope));
    if (!reader.symbol(")")) reader.fail("unclosed_bracket");
    const [only, ...others] = group.rows;
    return only && others.length === 0 ? only : group;
  }
  const first = reader.peek();
  const row = rowOf(reader, scope, subjectOf(reader), first);
  reader.rows.push({ row, ...reader.since(first) });
  return row;
}

function subjectOf(reader: LineReader): Subject {
  const said = reader.phrase(subjectPhrases(reader.house));
  if (said) return said.value;
  const { kind, value } = reader.peek();
  if (kind !== "word" || !fieldOf(reader.house, value)) reader.fail("test_expected");
  reader.next();
  return { kind: "field", path: value };
}

function rowOf(reader: LineReader, scope: Scope, subject: Subject, first: Token): ConditionRow {
  if (subject.kind === "row") {
    if (subject.isCategory) scope.saysCategory = true;
    checkClear(reader, scope, subject.row.field, first);
    return subject.row;
  }
  const path = subject.kind === "field" ? subject.path : SCORE;
  if (subject.kind === "metric") nameMetric(reader, scope, subject.metric, first);
  checkClear(reader, scope, path, first);
  return parseComparison(reader, path);
}

function parseComparison(reader: LineReader, field: string): ConditionRow {
  reader.want({ what: "operator", field });
  const from = reader.peek();
  const operator = reader.phrase(operatorPhrases(reader))?.value;
  if (operator === undefined) reader.fail("operator_expected", from, { field });
  const spec = fieldOf(reader.house, field);
  if (spec && !operatorRules[operator].types.includes(spec.type))
    reader.fail("wrong_operator", reader.since(from), { field });
  const row = { field, operator, value: parseValue(reader, field, operator) };
  const problem = rowProblem(row, reader.house);
  if (problem === "bad_pattern") reader.fail("bad_pattern", reader.since(from), { field });
  if (problem !== null) reader.fail("wrong_value", reader.since(from), { field });
  return row;
}

/** Nothing is unsealed before a run exists. */
function checkClear(reader: LineReader, { inTrigger }: Scope, path: string, first: Token): void {
  if (inTrigger && fieldOf(reader.house, path)?.dataClass !== "clear")
    reader.fail("secret_in_trigger", reader.since(first), { field: path });
}

function nameMetric(reader: LineReader, scope: Scope, metric: Metric, first: Token): void {
  scope.metrics ??= [metric];
  const [only, ...others] = scope.metrics;
  if (only !== metric || others.length > 0) reader.fail("other_metric", reader.since(first), { metric });
}
