import { maskPersonalData } from "../../workflows/flow/personal-data.js";

/** Orders, customers, bookings: a word with so many digits names one of them, also in groups. Years and prices stay. */
const DIGITS = 5;
const WORD_WITH_DIGIT = /[\p{L}\d#/_-]*\d[\p{L}\d/_-]*(?:[\s.]\d{3,8}(?![\p{L}\d])){0,8}/gu;
/** Shorter parts of names are words of their own more often. */
const NAME_PART = 3;
/** Written without blanks: where a word ends is not told by the text. */
const WITHOUT_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** What may stand in the clear of what somebody said: without addresses, numbers that name something, and their own name. */
export function searchableWords(text: string, name: string | null): string {
  const masked = maskPersonalData(text.normalize("NFC")).replaceAll(WORD_WITH_DIGIT, (word) =>
    word.replaceAll(/\D/g, "").length < DIGITS ? word : "[number]",
  );
  const own = partsOf(name);
  if (own.size === 0) return masked;
  const worded = masked.replaceAll(/\p{L}+/gu, (word) => (own.has(plain(word)) ? "[name]" : word));
  return [...own]
    .filter((part) => WITHOUT_BLANKS.test(part))
    .reduce((left, part) => left.replaceAll(part, "[name]"), worded);
}

const partsOf = (name: string | null): ReadonlySet<string> =>
  new Set((name?.normalize("NFC").match(/\p{L}+/gu) ?? []).filter(isTelling).map(plain));

const isTelling = (part: string): boolean => part.length >= (WITHOUT_BLANKS.test(part) ? 2 : NAME_PART);

/** Without accents, which people leave out. */
const plain = (word: string): string => word.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
