import type { Language } from "../sentence.js";

export type TokenKind = "word" | "number" | "text" | "channel" | "symbol" | "unclosed" | "odd" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** As words are compared: small letters, no accents, one kind of dash and apostrophe. */
  readonly plain: string;
  /** What it stands for: a quoted text without its quotes, a number with a point. */
  readonly value: string;
  /** Offsets in the line. */
  readonly start: number;
  readonly end: number;
}

/** Signs first: taken apart, "≠" is a "=" with an accent. */
export const plainWord = (text: string): string =>
  text
    .replaceAll("≤", "<=")
    .replaceAll("≥", ">=")
    .replaceAll("≠", "!=")
    .replaceAll("’", "'")
    .replaceAll("–", "-")
    .replace(/^(->|=>)$/, "→")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();

const SPACE = /\s+/y;
const WORD = /[\p{L}_](?:[\p{L}\p{N}\p{M}_]|[&.'’-](?=[\p{L}\p{N}]))*/uy;
const CHANNEL = /#[\p{L}\p{N}\p{M}_-]+/uy;
const SYMBOL = /->|=>|→|<=|>=|!=|[≤≥≠<>=+(),–-]/uy;
const NUMBERS: Readonly<Record<Language, RegExp>> = {
  en: /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y,
  fr: /\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?/y,
};
const QUOTED = /"((?:[^"\\]|\\.)*)"/suy;
const TYPOGRAPHIC = /“([^”]*)”|«\s*([^»]*?)\s*»/uy;

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
const unescaped = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gsu, (_all, code: string | undefined, sign: string | undefined) =>
    code === undefined ? (escapes[sign ?? ""] ?? sign ?? "") : String.fromCharCode(Number.parseInt(code, 16)),
  );

interface Form {
  readonly kind: TokenKind;
  readonly pattern: RegExp;
  readonly value: (match: RegExpExecArray) => string;
}
const whole = ([text]: RegExpExecArray): string => text;

const formsOf = (language: Language): readonly Form[] => [
  { kind: "text", pattern: QUOTED, value: ([, inner = ""]) => unescaped(inner) },
  { kind: "text", pattern: TYPOGRAPHIC, value: ([, english, french]) => english ?? french ?? "" },
  { kind: "number", pattern: NUMBERS[language], value: ([text]) => text.replace(",", ".") },
  { kind: "word", pattern: WORD, value: whole },
  { kind: "channel", pattern: CHANNEL, value: whole },
  { kind: "symbol", pattern: SYMBOL, value: whole },
];

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Every character of the line stands in one token or is space; the last token is the end. */
export function tokensOf(text: string, language: Language): readonly Token[] {
  const forms = formsOf(language);
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = matchAt(SPACE, text, at);
    if (space) {
      at += space[0].length;
      continue;
    }
    const token = tokenAt(text, at, forms);
    tokens.push(token);
    at = token.end;
  }
  return [...tokens, { kind: "end", plain: "", value: "", start: text.length, end: text.length }];
}

function tokenAt(text: string, start: number, forms: readonly Form[]): Token {
  for (const { kind, pattern, value } of forms) {
    const match = matchAt(pattern, text, start);
    if (!match) continue;
    const end = start + match[0].length;
    return { kind, plain: kind === "text" ? "" : plainWord(match[0]), value: value(match), start, end };
  }
  const odd = String.fromCodePoint(text.codePointAt(start) ?? 0);
  const opens = /["“«]/u.test(odd);
  const end = opens ? text.length : start + odd.length;
  return { kind: opens ? "unclosed" : "odd", plain: "", value: text.slice(start, end), start, end };
}

/** As a text is written in a line. */
export const quoted = (text: string): string => JSON.stringify(text);
