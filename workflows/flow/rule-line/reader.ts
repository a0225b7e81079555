import type { ConditionRow } from "../parts.js";
import { lineWords } from "./words/index.js";
import type { Keyword, LineWords, Ways } from "./words/words.js";
import type { House } from "./house.js";
import type { LineCode } from "./problem.js";
import { tokensOf, type Token } from "./tokens.js";

/** A kind of thing that could stand somewhere; completion says what there is of it. */
export type Wanted =
  | {
      readonly what:
        | "kind"
        | "metric"
        | "test"
        | "clearTest"
        | "step"
        | "arrow"
        | "plus"
        | "otherwise"
        | "unit"
        | "source"
        | "comma"
        | "close";
    }
  | { readonly what: "keyword"; readonly keyword: Keyword }
  | { readonly what: "operator" | "value"; readonly field: string }
  | { readonly what: "place"; readonly deed: string }
  | { readonly what: "connection"; readonly connector: string };

export interface Phrase<Value> {
  readonly words: readonly string[];
  readonly value: Value;
}

/** The words of a phrase as tokens compare. */
export const wordsOf = (text: string, house: Pick<House, "language">): readonly string[] =>
  tokensOf(text, house.language)
    .filter(({ kind }) => kind !== "end")
    .map(({ plain }) => plain);

export const phrasesOf = <Value>(ways: Ways, value: Value, house: Pick<House, "language">): Phrase<Value>[] =>
  ways.map((way) => ({ words: wordsOf(way, house), value }));

/** Thrown inside the parser only; `parseLine` turns it into a problem. */
export class LineError extends Error {
  readonly code: LineCode;
  readonly start: number;
  readonly end: number;
  readonly params: Readonly<Record<string, string>>;
  constructor(code: LineCode, { start, end }: Pick<Token, "start" | "end">, params: Readonly<Record<string, string>>) {
    super(code);
    this.name = "LineError";
    this.code = code;
    this.start = start;
    this.end = end;
    this.params = params;
  }
}

const MAX_DEPTH = 40;
const MAX_STEPS = 200;

/** The tokens of a line, read from left to right, and what could have stood at each. */
export class LineReader {
  readonly house: House;
  readonly words: LineWords;
  readonly tokens: readonly Token[];
  readonly wanted = new Map<number, Wanted[]>();
  readonly rows: { readonly row: ConditionRow; readonly start: number; readonly end: number }[] = [];
  /** Fields that a deed needs, does not fill by itself, and that the line leaves open. */
  readonly unsaid: { readonly field: string; readonly start: number; readonly end: number }[] = [];
  private index = 0;
  private depth = 0;
  private steps = 0;

  constructor(text: string, house: House) {
    this.house = house;
    this.words = lineWords[house.language];
    this.tokens = tokensOf(text, house.language);
  }

  get at(): number {
    return this.index;
  }

  /** The token `ahead` of the next one; the end stands for all that come after it. */
  peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.index + ahead, this.tokens.length - 1)];
    if (!token) throw new Error("A line has at least its end.");
    return token;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind === "unclosed") this.fail("unclosed_quote", token);
    if (this.index < this.tokens.length - 1) this.index += 1;
    return token;
  }

  want(...wanted: readonly Wanted[]): void {
    this.wanted.set(this.index, [...(this.wanted.get(this.index) ?? []), ...wanted]);
  }

  symbol(...signs: readonly string[]): Token | null {
    const token = this.peek();
    return token.kind === "symbol" && signs.includes(token.plain) ? this.next() : null;
  }

  keyword(keyword: Keyword): boolean {
    return this.phrase(phrasesOf(this.words.keywords[keyword], true, this.house)) !== null;
  }

  isKeyword(keyword: Keyword, ahead = 0): boolean {
    return this.longest(phrasesOf(this.words.keywords[keyword], true, this.house), ahead) !== null;
  }

  /** Takes the longest of these that stands here. */
  phrase<Value>(phrases: readonly Phrase<Value>[]): Phrase<Value> | null {
    const found = this.longest(phrases);
    if (found) this.index += found.words.length;
    return found;
  }

  /** The longest of these that stands here, or so many tokens on; it is not taken. */
  longest<Value>(phrases: readonly Phrase<Value>[], ahead = 0): Phrase<Value> | null {
    const fitting = phrases.filter(({ words }) =>
      words.every((word, offset) => this.isPlain(this.peek(ahead + offset), word)),
    );
    return fitting.toSorted((a, b) => b.words.length - a.words.length)[0] ?? null;
  }

  isArrow(): boolean {
    return this.peek().plain === "→" || this.isKeyword("then");
  }

  arrow(): boolean {
    this.want({ what: "arrow" });
    return this.symbol("→") !== null || this.keyword("then");
  }

  /** What was read since this token. */
  since(first: Token): Pick<Token, "start" | "end"> {
    return { start: first.start, end: this.tokens[Math.max(0, this.index - 1)]?.end ?? first.end };
  }

  /** One level of brackets or choices deeper. */
  nested<Value>(read: () => Value): Value {
    if (this.depth >= MAX_DEPTH) this.fail("too_deep");
    this.depth += 1;
    const value = read();
    this.depth -= 1;
    return value;
  }

  countStep(): void {
    this.steps += 1;
    if (this.steps > MAX_STEPS) this.fail("too_many_steps", this.peek(), { max: String(MAX_STEPS) });
  }

  fail(code: LineCode, where: Pick<Token, "start" | "end"> = this.peek(), params: LineError["params"] = {}): never {
    const token = this.peek();
    if (token.kind === "unclosed" && code !== "unclosed_quote") throw new LineError("unclosed_quote", token, {});
    throw new LineError(code, where, params);
  }

  private isPlain({ kind, plain }: Token, word: string): boolean {
    return plain === word && (kind === "word" || kind === "symbol" || kind === "number");
  }
}
