import { isSameJson } from "../canonical-json.js";
import type { ConditionGroup, ConditionRow } from "../parts.js";
import { operatorRules } from "../condition-rows.js";
import type { House } from "./house.js";
import { isScored, SCORE, wholeRows } from "./subjects.js";
import { quoted } from "./tokens.js";
import type { LineWords, Metric } from "./words/words.js";

export interface Printing {
  readonly house: House;
  readonly words: LineWords;
  /** "NPS" where all feedback is NPS. */
  readonly scoreWord: string;
}

/** How the score is called where feedback of these kinds starts the flow. */
export function scoreWordOf(metrics: readonly Metric[], { metrics: names, fields }: LineWords): string {
  const [only, ...others] = metrics;
  return isScored(only) && others.length === 0 ? names[only][0] : (fields[SCORE]?.[0] ?? SCORE);
}

/** The tests with what stands between them; in the line's head that is a comma. */
export function printCondition({ match, rows }: ConditionGroup, printing: Printing, all: "," | "and"): string {
  const { keywords } = printing.words;
  const and = all === "," ? ", " : ` ${keywords.and[0]} `;
  return rows
    .map((row, index) => {
      const between = match === "any" ? ` ${keywords.or[0]} ` : isBareRow(row, printing) ? " " : and;
      return `${index === 0 ? "" : between}${printRow(row, printing)}`;
    })
    .join("");
}

const wholeRow = (row: ConditionRow | ConditionGroup, { words }: Printing) =>
  wholeRows(words).find((whole) => isSameJson(whole.row, row));

const isBareRow = (row: ConditionRow | ConditionGroup, printing: Printing): boolean =>
  wholeRow(row, printing)?.bare === true;

function printRow(row: ConditionRow | ConditionGroup, printing: Printing): string {
  if ("rows" in row) return `(${printCondition(row, printing, "and")})`;
  const whole = wholeRow(row, printing);
  if (whole) return whole.ways[0];
  const { words, scoreWord } = printing;
  const subject = row.field === SCORE ? scoreWord : (words.fields[row.field]?.[0] ?? row.field);
  const value = operatorRules[row.operator].takes === "none" ? "" : ` ${printValue(row.value, printing)}`;
  return `${subject} ${words.operators[row.operator][0]}${value}`;
}

function printValue(value: ConditionRow["value"], { house, words }: Printing): string {
  if (Array.isArray(value)) return `(${value.map(quoted).join(", ")})`;
  if (typeof value === "boolean") return words.keywords[value ? "yes" : "no"][0];
  if (typeof value !== "number") return quoted(value ?? "");
  return house.language === "fr" ? String(value).replace(".", ",") : String(value);
}
