import { operatorRules } from "../condition-rows.js";
import type { ConditionRow, Duration, Operator } from "../parts.js";
import { phrasesOf, type LineReader } from "./reader.js";
import { fieldOf } from "./subjects.js";
import type { Ways } from "./words/words.js";

type Value = ConditionRow["value"];

/** What a field is compared with, as its type and the comparison ask for it. */
export function parseValue(reader: LineReader, field: string, operator: Operator): Value {
  const { takes } = operatorRules[operator];
  if (takes === "none") return null;
  if (takes === "many") return parseList(reader, field);
  reader.want({ what: "value", field });
  const type = fieldOf(reader.house, field)?.type ?? "string";
  if (type === "number") return parseNumber(reader, field);
  if (type === "boolean") return parseYesNo(reader, field);
  return parseText(reader, field);
}

function parseNumber(reader: LineReader, field: string): number {
  const sign = reader.symbol("-") ? -1 : 1;
  const { kind, value } = reader.peek();
  if (kind !== "number") reader.fail("value_expected", reader.peek(), { field });
  reader.next();
  return sign * Number(value);
}

function parseYesNo(reader: LineReader, field: string): boolean {
  if (reader.keyword("yes")) return true;
  if (reader.keyword("no")) return false;
  return reader.fail("value_expected", reader.peek(), { field });
}

function parseText(reader: LineReader, field: string): string {
  const { categories, metrics } = reader.words;
  const codes = { "feedback.category": categories, "feedback.metric": metrics };
  const known = field === "feedback.category" || field === "feedback.metric" ? codeSaid(reader, codes[field]) : null;
  if (known !== null) return known;
  const { kind, value } = reader.peek();
  if (kind !== "text" && kind !== "word" && kind !== "number") reader.fail("value_expected", reader.peek(), { field });
  reader.next();
  return value;
}

const codeSaid = (reader: LineReader, codes: Readonly<Record<string, Ways>>): string | null =>
  reader.phrase(Object.entries(codes).flatMap(([code, ways]) => phrasesOf(ways, code, reader.house)))?.value ?? null;

function parseList(reader: LineReader, field: string): string[] {
  if (!reader.symbol("(")) reader.fail("list_expected", reader.peek(), { field });
  const values: string[] = [];
  do {
    reader.want({ what: "value", field });
    values.push(parseText(reader, field));
    reader.want({ what: "comma" }, { what: "close" });
  } while (reader.symbol(","));
  if (!reader.symbol(")")) reader.fail("unclosed_bracket");
  return values;
}

const LONGEST = 1000;

export function parseDuration(reader: LineReader): Duration {
  const from = reader.peek();
  if (from.kind !== "number") reader.fail("duration_expected", from);
  reader.next();
  reader.want({ what: "unit" });
  const units = Object.entries(reader.words.units) as [Duration["unit"], Ways][];
  const unit = reader.phrase(units.flatMap(([name, ways]) => phrasesOf(ways, name, reader.house)))?.value;
  const amount = Number(from.value);
  if (unit === undefined || !Number.isInteger(amount) || amount < 1 || amount > LONGEST)
    reader.fail("duration_expected", reader.since(from));
  return { amount, unit };
}
