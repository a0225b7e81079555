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
  readonly holds: (value: string) => boolean;
}

const SEPARATORS = /[^\dA-Za-z]/g;
const compact = (value: string): string => value.replace(SEPARATORS, "").toUpperCase();

/** The most telling first: what one finder took, the next ones leave. */
const finders: readonly Finder[] = [
  {
    kind: "email",
    pattern: /[\p{L}\p{N}][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})\.){1,8}\p{L}{2,24}/gu,
    holds: () => true,
  },
  { kind: "iban", pattern: /\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}\b/gi, holds: (value) => isIban(compact(value)) },
  { kind: "card", pattern: /\b\d(?:[ -]?\d){12,18}\b/g, holds: (value) => passesLuhn(compact(value)) },
  {
    // International (+33 …, 0033 …), national with its leading zero, and 555-123-4567.
    kind: "phone",
    pattern:
      /(?<![\d.,/-])(?:(?:\+|00)\d{1,3}(?:[ .()-]{0,2}\d){6,12}|0\d(?:[ .-]?\d){8,9}|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?!\d)/g,
    holds: () => true,
  },
];

/** In the order of the text; none overlaps another. */
export function findPersonalData(text: string): readonly PersonalSpan[] {
  const found: PersonalSpan[] = [];
  for (const { kind, pattern, holds } of finders)
    for (const match of text.matchAll(pattern)) {
      const span = { kind, value: match[0], from: match.index, to: match.index + match[0].length };
      if (holds(span.value) && !found.some((other) => overlaps(span, other))) found.push(span);
    }
  return found.sort((a, b) => a.from - b.from);
}

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
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
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
