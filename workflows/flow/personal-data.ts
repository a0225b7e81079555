/** What somebody may have typed into a text that tells who they are, or how they pay. */
export type PersonalKind = "email" | "phone" | "card" | "iban";

export interface PersonalSpan {
  readonly kind: PersonalKind;
  /** As it stands in the text. */
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

interface Finder {
  readonly kind: PersonalKind;
  /** Every repetition is bounded, so that no text takes longer than its length. */
  readonly pattern: RegExp;
  /** Without it there is nothing to look for. */
  readonly sign?: string;
  /** How much of what was matched it is, from its beginning: people go on writing behind a number. 0: none of it. */
  readonly lengthIn: (match: string) => number;
}

/** Between the groups of a number: blanks of every width, dots, slashes, dashes. */
const GAP = "[\\s./\\u2010-\\u2015-]";
const compact = (value: string): string => value.replaceAll(/[^\dA-Za-z]/g, "").toUpperCase();
const whole = (match: string): number => match.length;

/** The longest beginning that ends where a group ends and passes the check. */
const longest =
  (least: number, most: number, passes: (compacted: string) => boolean) =>
  (match: string): number => {
    const compacted = compact(match);
    return (
      groupEnds(match).findLast(({ signs }) => signs >= least && signs <= most && passes(compacted.slice(0, signs)))
        ?.end ?? 0
    );
  };

/** Where each group of letters and digits ends, and how many of them stand before that. */
function groupEnds(match: string): { readonly end: number; readonly signs: number }[] {
  const ends: { readonly end: number; readonly signs: number }[] = [];
  let signs = 0;
  for (const group of match.matchAll(/[\dA-Za-z]+/g)) {
    signs += group[0].length;
    ends.push({ end: group.index + group[0].length, signs });
  }
  return ends;
}

const isDate = (match: string): boolean => /^\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?!\d|[./-]\d)/.test(match);
const isPhone = (match: string): number => (isDate(match) || /^[0\D]*$/.test(match) ? 0 : match.length);

/** The most telling first: what one finder took, the next ones leave. */
const finders: readonly Finder[] = [
  {
    kind: "email",
    pattern: /[\p{L}\p{N}][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,8}\p{L}{2,24}/gu,
    sign: "@",
    lengthIn: whole,
  },
  {
    kind: "iban",
    pattern: new RegExp(`\\b[A-Z]{2}\\d{2}(?:${GAP}{0,2}[A-Z0-9]){11,40}`, "gi"),
    lengthIn: longest(15, 34, isIban),
  },
  {
    kind: "card",
    pattern: new RegExp(`(?<!\\d)\\d(?:${GAP}{0,3}\\d){12,30}`, "g"),
    lengthIn: longest(13, 19, passesLuhn),
  },
  {
    // International (+33 …, 0033 …), national with its leading zero, and 555-123-4567.
    kind: "phone",
    pattern: new RegExp(
      `(?<!\\d)(?<!\\d[.,/-])(?:(?:\\+|00)\\d{1,3}(?:[()]{0,1}${GAP}{0,3}[()]{0,1}\\d){6,12}|0\\d(?:${GAP}{0,3}\\d){7,11}|\\(?\\d{3}\\)?${GAP}{1,2}\\d{3}${GAP}{1,2}\\d{4})(?![\\dA-Za-z])`,
      "g",
    ),
    lengthIn: isPhone,
  },
];

/**
 * Ids of runs and of Slack's messages, as links to them hold them: one id in 160 has digits that pass for a number. Before an @ they are part of
 * an address.
 */
const IDENTIFIER = /(?<![\w-])(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\d{10}\.\d{6})(?![\w@%+'-]|\.\w)/gi;
/** Neither a letter, a digit nor a gap. */
const BLANK = "\u00b7";

/** In the order of the text; none overlaps another. */
export function findPersonalData(text: string): readonly PersonalSpan[] {
  const words = text.replaceAll(IDENTIFIER, (id) => BLANK.repeat(id.length));
  const found: PersonalSpan[] = [];
  for (const finder of finders)
    for (const span of spansOf(finder, words)) if (!found.some((other) => overlaps(span, other))) found.push(span);
  return found.sort((a, b) => a.from - b.from);
}

/** What follows the part that was taken, or the first sign of a match that was none, is looked at again. */
function* spansOf({ kind, pattern, sign, lengthIn }: Finder, text: string): Generator<PersonalSpan> {
  if (sign !== undefined && !text.includes(sign)) return;
  const looking = new RegExp(pattern);
  for (let match = looking.exec(text); match; match = looking.exec(text)) {
    const length = lengthIn(match[0]);
    const value = match[0].slice(0, length);
    if (length > 0) yield { kind, value, from: match.index, to: match.index + length };
    looking.lastIndex = match.index + (length || nextGroup(match[0]));
  }
}

const nextGroup = (match: string): number => {
  const gap = /[^\p{L}\p{N}]/u.exec(match.slice(1));
  return gap ? gap.index + 1 : match.length;
};

const overlaps = (a: PersonalSpan, b: PersonalSpan): boolean => a.from < b.to && b.from < a.to;

const MASKS: Readonly<Record<PersonalKind, string>> = {
  email: "[e-mail]",
  phone: "[phone]",
  card: "[card]",
  iban: "[IBAN]",
};

/** The text without them, but for values that are to stay. */
export function maskPersonalData(text: string, kept: readonly string[] = []): string {
  const keep = new Set(kept.map(normalise));
  let masked = "";
  let at = 0;
  for (const { kind, value, from, to } of findPersonalData(text)) {
    masked += text.slice(at, from) + (keep.has(normalise(value)) ? value : MASKS[kind]);
    at = to;
  }
  return masked + text.slice(at);
}

const normalise = (value: string): string => (value.includes("@") ? value.toLowerCase() : compact(value));

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 1; place <= digits.length; place++) {
    const value = Number(digits.at(-place)) * (place % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0 && new Set(digits).size > 1;
}

/** ISO 13616: the rest of division by 97 is 1, letters counted from A = 10. */
function isIban(iban: string): boolean {
  if (iban.length < 15 || iban.length > 34) return false;
  const moved = iban.slice(4) + iban.slice(0, 4);
  let rest = 0;
  for (const sign of moved) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
