import type { House } from "./house.js";
import { offersFor, type Offer } from "./offers.js";
import { MAX_LINE } from "./parse.js";
import { LineError, LineReader } from "./reader.js";
import { readWhole } from "./read-whole.js";
import { plainWord } from "./tokens.js";

export interface Completion {
  /** What an offer takes the place of, as offsets in the line. */
  readonly from: number;
  readonly to: number;
  /** What goes before an offer: a space, where it would grow together with what stands there. */
  readonly lead: "" | " ";
  readonly offers: readonly Offer[];
}

/** An offer may begin this many words before the cursor: "does not conta". */
const LONGEST_PHRASE = 5;

/** What may follow at the cursor, given what stands before it. */
export function completeLine(text: string, cursor: number, house: House): Completion | null {
  if (cursor > MAX_LINE) return null;
  const before = text.slice(0, cursor);
  const reader = new LineReader(before, house);
  try {
    readWhole(reader);
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
  }
  const end = reader.tokens.length - 1;
  for (let start = Math.max(0, end - LONGEST_PHRASE); start <= end; start += 1) {
    const from = reader.tokens[start]?.start ?? cursor;
    const typed = plainWord(before.slice(from));
    const offers = offersAt(reader, start, typed);
    if (offers.length > 0) return { from, to: cursor, lead: /[^\s(]$/.test(before.slice(0, from)) ? " " : "", offers };
  }
  return null;
}

function offersAt({ wanted, house }: LineReader, start: number, typed: string): Offer[] {
  const byText = new Map<string, Offer>();
  for (const one of (wanted.get(start) ?? []).flatMap((want) => offersFor(want, house))) {
    const plain = plainWord(one.insert);
    if (plain.startsWith(typed) && plain !== typed && !byText.has(one.insert)) byText.set(one.insert, one);
  }
  return [...byText.values()];
}
