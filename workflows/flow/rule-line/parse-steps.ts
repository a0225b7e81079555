import { parseCondition } from "./parse-tests.js";
import { parseDuration } from "./parse-values.js";
import { parseAsk, parseDeed, parseEnd } from "./parse-deeds.js";
import type { LineReader } from "./reader.js";
import type { ChoiceStep, Sequence, Step } from "./tree.js";
import type { Metric } from "./words/words.js";

/** One after the other: "a → b", where each may be several at once: "a + b". */
export function parseSequence(reader: LineReader, metrics: readonly Metric[]): Sequence {
  const steps: Step[] = [];
  do {
    const last = steps.at(-1);
    if (last && !canGoOn(last)) reader.fail("nothing_follows");
    steps.push(...parseParallel(reader, metrics));
  } while (reader.arrow());
  return steps;
}

function parseParallel(reader: LineReader, metrics: readonly Metric[]): Sequence {
  const first = parseUnit(reader, metrics);
  const ways = [first];
  reader.want({ what: "plus" });
  while (reader.symbol("+")) {
    ways.push(parseUnit(reader, metrics));
    reader.want({ what: "plus" });
  }
  return ways.length === 1 ? first : [{ kind: "parallel", ways }];
}

function parseUnit(reader: LineReader, metrics: readonly Metric[]): Sequence {
  reader.want({ what: "step" });
  if (reader.symbol("(")) {
    const steps = reader.nested(() => parseSequence(reader, metrics));
    reader.want({ what: "close" });
    if (!reader.symbol(")")) reader.fail("unclosed_bracket");
    return steps;
  }
  reader.countStep();
  if (reader.keyword("if")) return [parseChoice(reader, metrics, "if")];
  if (reader.keyword("unless")) return [parseChoice(reader, metrics, "unless")];
  if (reader.keyword("wait")) return [{ kind: "wait", duration: parseDuration(reader) }];
  if (reader.keyword("ask")) return [parseAsk(reader)];
  return [parseEnd(reader) ?? parseDeed(reader)];
}

/** It reaches to the end of the line or of its brackets. */
function parseChoice(reader: LineReader, metrics: readonly Metric[], word: "if" | "unless"): ChoiceStep {
  return reader.nested(() => {
    const when = parseCondition(reader, { metrics, inTrigger: false, saysCategory: false });
    return parseBranches(reader, metrics, { when, word });
  });
}

interface Asked {
  readonly when: ChoiceStep["when"];
  readonly word: "if" | "unless";
}

/** What follows a condition; an arrow may stand before a step, and is left out before "if" and "unless". */
export function parseBranches(reader: LineReader, metrics: readonly Metric[], { when, word }: Asked): ChoiceStep {
  const taken = parseBranch(reader, metrics);
  const other = parseOtherwise(reader, metrics);
  return word === "if"
    ? { kind: "choice", when, yes: taken, no: other }
    : { kind: "choice", when, yes: other, no: taken };
}

/** Steps after an arrow; none where nothing follows. */
export function parseBranch(reader: LineReader, metrics: readonly Metric[]): Sequence {
  const goesOn = reader.arrow();
  if (!goesOn) reader.want({ what: "keyword", keyword: "if" }, { what: "keyword", keyword: "unless" });
  return goesOn || reader.isKeyword("if") || reader.isKeyword("unless") ? parseSequence(reader, metrics) : [];
}

function parseOtherwise(reader: LineReader, metrics: readonly Metric[]): Sequence {
  reader.want({ what: "otherwise" });
  if (reader.peek().plain === "," && reader.isKeyword("otherwise", 1)) reader.next();
  if (!reader.keyword("otherwise")) return [];
  reader.arrow();
  return parseSequence(reader, metrics);
}

/** Whether a step leaves any way open. */
export function canGoOn(step: Step): boolean {
  if (step.kind === "end" || step.kind === "stop") return false;
  if (step.kind === "parallel") return step.ways.some(goesOn);
  return step.kind !== "choice" || goesOn(step.yes) || goesOn(step.no);
}

const goesOn = (steps: Sequence): boolean => {
  const last = steps.at(-1);
  return last === undefined || canGoOn(last);
};
