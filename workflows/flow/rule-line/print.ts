import { isSameJson } from "../canonical-json.js";
import type { ConditionGroup, Duration } from "../parts.js";
import type { House } from "./house.js";
import { printCondition, scoreWordOf, type Printing } from "./print-tests.js";
import { CATEGORY, isScored, SCORE, wholeRows } from "./subjects.js";
import { quoted, tokensOf } from "./tokens.js";
import type { AskStep, ChoiceStep, DeedStep, Line, Said, Sequence, Step } from "./tree.js";
import { deeds } from "./words/deeds.js";
import { lineWords } from "./words/index.js";

/** A line as it is written; `parseLine` gives the same line again. */
export function printLine({ head, steps }: Line, house: House): string {
  const words = lineWords[house.language];
  const printing = { house, words, scoreWord: scoreWordOf(head.metrics, words) };
  const choice = head.when === null ? firstChoice(steps) : null;
  const begin = printHead({ head, steps }, choice, printing);
  const said = choice ? printBranches(choice, printing) : printAfter(steps, printing);
  return capital(`${begin}${said}`);
}

/** The condition right after the trigger, where all that follows hangs on it. */
function firstChoice(steps: Sequence): ChoiceStep | null {
  const [only, ...others] = steps;
  return only?.kind === "choice" && others.length === 0 && !isUnless(only) ? only : null;
}

const isUnless = (step: Step | undefined): boolean =>
  step?.kind === "choice" && step.yes.length === 0 && step.no.length > 0;

const word = ({ words }: Printing, keyword: keyof Printing["words"]["keywords"]): string => words.keywords[keyword][0];

function printHead({ head }: Line, choice: ChoiceStep | null, printing: Printing): string {
  const condition = head.when ?? choice?.when ?? null;
  const kind = condition && saysKind(head, condition.rows, printing) ? null : printKind(head, printing);
  const test = condition && printCondition(condition, printing, ",");
  const start = head.when ? `${word(printing, "when")} ` : "";
  const again = head.on === "everyChange" ? `, ${word(printing, "everyChange")}` : "";
  return `${start}${[kind, test].filter((part) => part !== null).join(", ")}${again}`;
}

/** "NPS < 6" and "detractor" say by themselves which kind of feedback is meant. */
function saysKind({ metrics, sources }: Line["head"], rows: ConditionGroup["rows"], { words }: Printing): boolean {
  const [only, ...others] = metrics;
  if (only === undefined || others.length > 0 || sources.length > 0) return false;
  const categories = wholeRows(words).filter(({ row }) => row.field === CATEGORY);
  const isCategory = rows.some((row) => categories.some((category) => isSameJson(category.row, row)));
  return (
    (only === "nps" && isCategory) || (isScored(only) && rows.some((row) => "field" in row && row.field === SCORE))
  );
}

function printKind({ metrics, sources }: Line["head"], printing: Printing): string {
  const { words, house } = printing;
  const or = ` ${word(printing, "or")} `;
  const kinds =
    metrics.length === 0 ? word(printing, "feedback") : metrics.map((one) => words.metrics[one][0]).join(or);
  if (sources.length === 0) return kinds;
  const names = sources.map((id) => quoted(house.sources.find((source) => source.id === id)?.name ?? ""));
  return `${kinds} ${word(printing, "from")} ${names.join(or)}`;
}

/** What follows a condition or the trigger; "unless" stands without an arrow. */
function printAfter(steps: Sequence, printing: Printing, closed = false): string {
  if (steps.length === 0) return "";
  const goesOn = steps.length === 1 && isUnless(steps[0]) && !closed ? " " : " → ";
  return `${goesOn}${printSequence(steps, printing, closed)}`;
}

/** `closed`: a choice at its end must not reach what comes after it. */
const printSequence = (steps: Sequence, printing: Printing, closed: boolean): string =>
  steps.map((step, index) => printStep(step, printing, closed || index < steps.length - 1)).join(" → ");

function printStep(step: Step, printing: Printing, closed: boolean): string {
  switch (step.kind) {
    case "choice":
      return closed ? `(${printChoice(step, printing)})` : printChoice(step, printing);
    case "parallel":
      return step.ways.map((way) => printWay(way, printing)).join(" + ");
    case "wait":
      return `${word(printing, "wait")} ${printDuration(step.duration, printing)}`;
    case "deed":
      return printDeed(step, printing);
    case "ask":
      return printAsk(step, printing);
    default:
      return `${word(printing, step.kind)}${step.outcome === null ? "" : ` ${quoted(step.outcome)}`}`;
  }
}

function printWay(way: Sequence, printing: Printing): string {
  const said = printSequence(way, printing, false);
  const [only, ...others] = way;
  const isPlain = others.length === 0 && only?.kind !== "choice" && only?.kind !== "parallel";
  return isPlain ? said : `(${said})`;
}

function printChoice(choice: ChoiceStep, printing: Printing): string {
  const test = printCondition(choice.when, printing, "and");
  if (isUnless(choice)) return `${word(printing, "unless")} ${test}${printAfter(choice.no, printing)}`;
  return `${word(printing, "if")} ${test}${printBranches(choice, printing)}`;
}

function printBranches({ yes, no }: ChoiceStep, printing: Printing): string {
  const other = no.length === 0 ? "" : ` ${word(printing, "otherwise")} → ${printSequence(no, printing, false)}`;
  return `${printAfter(yes, printing, no.length > 0)}${other}`;
}

const printDeed = (step: DeedStep, printing: Printing): string =>
  [deeds[step.deed]?.words[printing.house.language][0], ...printSaid(step, printing)].join(" ");

const printAsk = (step: AskStep, printing: Printing): string =>
  [
    word(printing, "ask"),
    ...printSaid(step, printing),
    ...(step.expiresAfter ? [word(printing, "for"), printDuration(step.expiresAfter, printing)] : []),
  ].join(" ");

function printSaid({ text, place, via, title }: Said, printing: Printing): string[] {
  const name = printing.house.connections.find(({ id }) => id === via)?.name ?? "";
  return [
    ...(text === null ? [] : [quoted(text)]),
    ...(place === null ? [] : [word(printing, "in"), isBare(place, printing.house) ? place : quoted(place)]),
    ...(via === null ? [] : [word(printing, "via"), quoted(name)]),
    ...(title === "" ? [] : [word(printing, "as"), quoted(title)]),
  ];
}

/** Whether it is one word or channel when it is read. */
function isBare(place: string, { language }: House): boolean {
  const [only, end] = tokensOf(place, language);
  return only?.value === place && (only.kind === "word" || only.kind === "channel") && end?.kind === "end";
}

function printDuration({ amount, unit }: Duration, { words }: Printing): string {
  const [several, one = several] = words.units[unit];
  return `${String(amount)} ${amount === 1 ? one : several}`;
}

/** Words compare without case; the path of a field does not. */
const capital = (line: string): string => (/^\p{L}+(?![\p{L}.])/u.test(line) ? line.replace(/^\p{L}/u, upper) : line);
const upper = (letter: string): string => letter.toUpperCase();
