import type { House } from "./house.js";
import { offersFor } from "./offers.js";
import { nearest } from "./nearest.js";
import type { LineProblem } from "./problem.js";
import { LineError, LineReader, wordsOf } from "./reader.js";
import { deeds } from "./words/deeds.js";
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
  const known = wanted.some(({ what }) => what === "step") ? [...expected, ...deedWords(reader)] : expected;
  const instead = nearest(said, known);
  const place = instead === null ? null : wrongWord(reader, index, instead);
  return { code, start, end, params, expected, instead, ...place };
}

/** Also those that are understood and not offered. */
const deedWords = ({ house: { language, catalogue } }: LineReader): readonly string[] =>
  Object.values(deeds)
    .filter(({ action }) => catalogue.action(action) !== undefined)
    .flatMap(({ words }) => words[language]);

/** Of several words the first that is not as it was meant: "support callbak" is wrong at "callbak". */
function wrongWord(
  reader: LineReader,
  index: number,
  instead: string,
): Pick<LineProblem, "start" | "end" | "instead"> | null {
  const [meant, written] = [wordsOf(instead, reader.house), instead.split(" ")];
  const at = meant.findIndex((word, offset) => reader.tokens[index + offset]?.plain !== word);
  const token = reader.tokens[index + at];
  const word = written[at];
  if (index === -1 || at < 1 || meant.length !== written.length || token?.kind !== "word" || word === undefined)
    return null;
  return { start: token.start, end: token.end, instead: word };
}
