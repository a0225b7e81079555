import { maskPersonalData } from "../../workflows/flow/personal-data.js";

/** Orders, customers, bookings: a word with so many digits names one of them. Years and prices stay. */
const DIGITS = 5;
const WORD_WITH_DIGIT = /[\p{L}\d#/_-]*\d[\p{L}\d/_-]*/gu;
/** Shorter parts of names are words of their own more often. */
const NAME_PART = 3;

/** What may stand in the clear of what somebody said: without addresses, numbers that name something, and their own name. */
export function searchableWords(text: string, name: string | null): string {
  const masked = maskPersonalData(text).replaceAll(WORD_WITH_DIGIT, (word) =>
    word.replaceAll(/\D/g, "").length < DIGITS ? word : "[number]",
  );
  const own = partsOf(name);
  return own.size === 0 ? masked : masked.replaceAll(/\p{L}+/gu, (word) => (own.has(plain(word)) ? "[name]" : word));
}

const partsOf = (name: string | null): ReadonlySet<string> =>
  new Set((name?.match(/\p{L}+/gu) ?? []).filter((part) => part.length >= NAME_PART).map(plain));

const plain = (word: string): string => word.normalize("NFC").toLowerCase();
