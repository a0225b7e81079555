import type { House } from "./house.js";
import { offersFor } from "./offers.js";
import { nearest } from "./nearest.js";
import type { LineProblem } from "./problem.js";
import { LineError, LineReader } from "./reader.js";
import { readWhole } from "./read-whole.js";
import { plainWord } from "./tokens.js";
import type { Line } from "./tree.js";
import { warningsOf, type LineWarning } from "./line-warnings.js";

/** What a person writes, and what a flow may take to be said, in characters. */
export const MAX_LINE = 2_000;

export type ReadLine =
  | { readonly ok: true; readonly line: Line; readonly warnings: readonly LineWarning[] }
  | { readonly ok: false; readonly problem: LineProblem };

/** Reads a line in the house's language. Never throws, whatever the text. */
export function parseLine(text: string, house: House): ReadLine {
  if (text.length > MAX_LINE) return { ok: false, problem: tooLong(text) };
  const reader = new LineReader(text, house);
  try {
    const line = readWhole(reader);
    return { ok: true, line, warnings: warningsOf(line, reader) };
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    return { ok: false, problem: problemOf(error, reader, text) };
  }
}

const tooLong = (text: string): LineProblem => ({
  code: "too_long",
  start: MAX_LINE,
  end: text.length,
  params: { max: String(MAX_LINE) },
  expected: [],
  instead: null,
});

function problemOf({ code, start, end, params }: LineError, reader: LineReader, text: string): LineProblem {
  const index = reader.tokens.findIndex((token) => token.start === start && token.kind !== "end");
  const wanted = reader.wanted.get(index === -1 ? reader.at : index) ?? [];
  const expected = [...new Set(wanted.flatMap((one) => offersFor(one, reader.house)).map(({ insert }) => insert))];
  const said = plainWord(text.slice(start, reader.tokens.find((token) => token.start > end)?.end ?? text.length));
  return { code, start, end, params, expected, instead: nearest(said, expected) };
}
