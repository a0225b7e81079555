import type { ConditionGroup } from "../parts.js";
import { isOperator, parseCondition, type Scope } from "./parse-tests.js";
import { phrasesOf, type LineReader } from "./reader.js";
import { isScored, SCORE } from "./subjects.js";
import type { Head } from "./tree.js";
import type { Metric } from "./words/words.js";

interface ParsedHead {
  readonly head: Head;
  /** A condition that stands in a step of its own, right after the trigger. */
  readonly choice: ConditionGroup | null;
}

/** "NPS < 6", "when CSAT from "Survey", key account", "feedback". */
export function parseHead(reader: LineReader): ParsedHead {
  reader.want({ what: "kind" }, { what: "test" }, { what: "keyword", keyword: "when" });
  const inTrigger = reader.keyword("when");
  if (inTrigger) reader.want({ what: "kind" }, { what: "clearTest" });
  const first = reader.peek();
  const kinds = parseKinds(reader);
  const early = parseSources(reader);
  const isSaid = kinds !== null || early.length > 0;
  const scope: Scope = { metrics: kinds, inTrigger, saysCategory: false };
  const condition = parseHeadCondition(reader, scope, isSaid);
  if (!isSaid && condition === null) reader.fail("head_expected", first);
  const sources = early.length > 0 ? early : parseSources(reader);
  const on = parseEveryChange(reader) ? "everyChange" : "first";
  const head = { metrics: metricsOf(scope), sources, when: inTrigger ? condition : null, on } as const;
  return { head, choice: inTrigger ? null : condition };
}

/** Only NPS knows detractors. */
const metricsOf = ({ metrics, saysCategory }: Scope): Head["metrics"] => metrics ?? (saysCategory ? ["nps"] : []);

const metricPhrases = (reader: LineReader) =>
  (Object.keys(reader.words.metrics) as Metric[]).flatMap((metric) =>
    phrasesOf(reader.words.metrics[metric], metric, reader.house),
  );

/** Null where none is named before the condition; empty for "feedback". */
function parseKinds(reader: LineReader): readonly Metric[] | null {
  if (reader.keyword("feedback")) return [];
  if (!startsWithKind(reader)) return null;
  const kinds = [takeMetric(reader)];
  if (isScored(kinds[0])) reader.want({ what: "operator", field: SCORE });
  for (;;) {
    reader.want({ what: "keyword", keyword: "or" });
    if (!reader.keyword("or")) return kinds;
    reader.want({ what: "metric" });
    const from = reader.peek();
    const metric = takeMetric(reader);
    if (kinds.includes(metric)) reader.fail("said_twice", from);
    if (isOperator(reader, 0)) reader.fail("several_metrics");
    kinds.push(metric);
  }
}

/** One that is followed by a comparison begins a test of the score. */
function startsWithKind(reader: LineReader): boolean {
  const metric = reader.longest(metricPhrases(reader));
  return metric !== null && !isOperator(reader, metric.words.length);
}

const takeMetric = (reader: LineReader): Metric =>
  reader.phrase(metricPhrases(reader))?.value ?? reader.fail("head_expected");

function parseSources(reader: LineReader): string[] {
  reader.want({ what: "keyword", keyword: "from" });
  if (!reader.keyword("from")) return [];
  const sources: string[] = [];
  do {
    const from = reader.peek();
    const id = parseSource(reader);
    if (sources.includes(id)) reader.fail("said_twice", reader.since(from));
    sources.push(id);
    reader.want({ what: "keyword", keyword: "or" });
  } while (reader.keyword("or"));
  return sources;
}

/** By its name, in quotes or not. */
function parseSource(reader: LineReader): string {
  reader.want({ what: "source" });
  const { sources } = reader.house;
  const { kind, value } = reader.peek();
  const called = sources.filter(({ name }) => kind === "text" && name === value);
  const [only, ...others] = called;
  if (only && others.length === 0) {
    reader.next();
    return only.id;
  }
  const names = sources.flatMap(({ name, id }) => phrasesOf([name], id, reader.house));
  const said = reader.longest(names);
  const isOne = said !== null && names.filter(({ words }) => words.join(" ") === said.words.join(" ")).length === 1;
  if (!isOne || kind === "text") reader.fail("source_expected");
  reader.phrase(names);
  return said.value;
}

function parseHeadCondition(reader: LineReader, scope: Scope, isSaid: boolean): ConditionGroup | null {
  const { kind, plain } = reader.peek();
  const ends = kind === "end" || reader.isArrow() || startsSteps(reader) || reader.isKeyword("everyChange");
  if (ends) return null;
  if (isSaid) {
    if (plain === "," && reader.isKeyword("everyChange", 1)) return null;
    if (reader.symbol(",") === null) reader.keyword("and");
  }
  return parseCondition(reader, scope);
}

const startsSteps = (reader: LineReader): boolean =>
  reader.isKeyword("if") || reader.isKeyword("unless") || reader.isKeyword("otherwise");

function parseEveryChange(reader: LineReader): boolean {
  reader.want({ what: "keyword", keyword: "everyChange" });
  if (reader.peek().plain === "," && reader.isKeyword("everyChange", 1)) reader.next();
  return reader.keyword("everyChange");
}
