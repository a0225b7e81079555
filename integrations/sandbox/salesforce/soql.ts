import { Unsupported } from "./failure.js";
import { malformed, tokenizeSoql, type SoqlToken } from "./soql-tokens.js";

/**
 * The subset of SOQL that the sandbox answers: SELECT fields or COUNT(), one object, WHERE with =, !=, <, >, LIKE, IN, AND, OR, NOT and
 * parentheses, ORDER BY, LIMIT, OFFSET, parent fields by relationship. What Salesforce refuses is refused in its words; what only the fake
 * lacks (aggregates, subqueries, date literals) answers 501.
 */
export interface SoqlQuery {
  readonly text: string;
  readonly select: readonly Path[];
  readonly count: boolean;
  readonly from: string;
  readonly fromAt: number;
  readonly where: Expression | undefined;
  readonly orderBy: readonly { readonly path: Path; readonly descending: boolean; readonly nullsLast: boolean }[];
  readonly limit: number | undefined;
  readonly offset: number;
}

export interface Path {
  /** "Account.Name" → ["Account", "Name"] */
  readonly names: readonly string[];
  readonly at: number;
}

export type Literal =
  | { readonly type: "string" | "time"; readonly value: string }
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "boolean"; readonly value: boolean }
  | { readonly type: "null"; readonly value: null };

export type Expression =
  | { readonly kind: "and" | "or"; readonly parts: readonly Expression[] }
  | { readonly kind: "not"; readonly part: Expression }
  | { readonly kind: "compare"; readonly path: Path; readonly operator: string; readonly values: readonly Literal[] };

interface Cursor {
  readonly text: string;
  readonly tokens: readonly SoqlToken[];
  at: number;
}

const END: SoqlToken = { kind: "end", text: "<EOF>", at: 0 };

export function parseSoql(text: string): SoqlQuery {
  const cursor: Cursor = { text, tokens: tokenizeSoql(text), at: 0 };
  mustTake(cursor, "select");
  const { select, count } = parseSelect(cursor);
  mustTake(cursor, "from");
  const from = takeKind(cursor, "word");
  const where = takeWord(cursor, "where") ? parseOr(cursor) : undefined;
  refuseUnimitated(cursor);
  const orderBy = takeWord(cursor, "order") ? parseOrder(cursor) : [];
  const limit = takeWord(cursor, "limit") ? parseCount(cursor) : undefined;
  const offset = takeWord(cursor, "offset") ? parseCount(cursor) : 0;
  refuseUnimitated(cursor);
  if (peek(cursor).kind !== "end") unexpectedToken(cursor, peek(cursor));
  return { text, select, count, from: from.text, fromAt: from.at, where, orderBy, limit, offset };
}

const NOT_IMITATED = ["group", "having", "for", "with", "using", "typeof", "all", "update"];

function refuseUnimitated(cursor: Cursor): void {
  const found = NOT_IMITATED.find((word) => isWord(cursor, word));
  if (found) throw new Unsupported(`${found.toUpperCase()} in SOQL`);
}

function peek(cursor: Cursor): SoqlToken {
  return cursor.tokens[cursor.at] ?? END;
}

function take(cursor: Cursor): SoqlToken {
  const token = peek(cursor);
  cursor.at += 1;
  return token;
}

function isWord(cursor: Cursor, word: string): boolean {
  const token = peek(cursor);
  return token.kind === "word" && token.text.toLowerCase() === word;
}

function takeWord(cursor: Cursor, word: string): boolean {
  const found = isWord(cursor, word);
  if (found) cursor.at += 1;
  return found;
}

function takePunctuation(cursor: Cursor, mark: string): boolean {
  const found = peek(cursor).kind === "punctuation" && peek(cursor).text === mark;
  if (found) cursor.at += 1;
  return found;
}

function unexpectedToken(cursor: Cursor, token: SoqlToken): never {
  return malformed(cursor.text, token.at, `unexpected token: '${token.text}'`);
}

function mustTake(cursor: Cursor, word: string): void {
  if (!takeWord(cursor, word)) unexpectedToken(cursor, peek(cursor));
}

function mustTakePunctuation(cursor: Cursor, mark: string): void {
  if (!takePunctuation(cursor, mark)) unexpectedToken(cursor, peek(cursor));
}

function takeKind(cursor: Cursor, kind: SoqlToken["kind"]): SoqlToken {
  const token = take(cursor);
  return token.kind === kind ? token : unexpectedToken(cursor, token);
}

function parseSelect(cursor: Cursor): Pick<SoqlQuery, "select" | "count"> {
  if (takePunctuation(cursor, "(")) throw new Unsupported("a subquery in SOQL");
  if (isWord(cursor, "count") && cursor.tokens[cursor.at + 1]?.text === "(") {
    cursor.at += 2;
    if (!takePunctuation(cursor, ")")) throw new Unsupported("COUNT of a field in SOQL");
    return { select: [], count: true };
  }
  const select: Path[] = [];
  do select.push(parsePath(cursor));
  while (takePunctuation(cursor, ","));
  return { select, count: false };
}

function parsePath(cursor: Cursor): Path {
  if (takePunctuation(cursor, "(")) throw new Unsupported("a subquery in SOQL");
  const token = takeKind(cursor, "word");
  if (peek(cursor).text === "(") throw new Unsupported(`the function ${token.text}() in SOQL`);
  return { names: token.text.split("."), at: token.at };
}

function parseOr(cursor: Cursor): Expression {
  const parts = [parseAnd(cursor)];
  while (takeWord(cursor, "or")) parts.push(parseAnd(cursor));
  return parts.length === 1 && parts[0] ? parts[0] : { kind: "or", parts };
}

function parseAnd(cursor: Cursor): Expression {
  const parts = [parseFactor(cursor)];
  while (takeWord(cursor, "and")) parts.push(parseFactor(cursor));
  return parts.length === 1 && parts[0] ? parts[0] : { kind: "and", parts };
}

function parseFactor(cursor: Cursor): Expression {
  if (takeWord(cursor, "not")) return { kind: "not", part: parseFactor(cursor) };
  if (!takePunctuation(cursor, "(")) return parseComparison(cursor);
  const inner = parseOr(cursor);
  mustTakePunctuation(cursor, ")");
  return inner;
}

function parseComparison(cursor: Cursor): Expression {
  const path = parsePath(cursor);
  const operator = parseOperator(cursor);
  const isList = operator === "in" || operator === "not in";
  return { kind: "compare", path, operator, values: isList ? parseList(cursor) : [parseLiteral(cursor)] };
}

function parseOperator(cursor: Cursor): string {
  const token = take(cursor);
  const word = token.text.toLowerCase();
  if (token.kind === "operator") return token.text === "<>" ? "!=" : token.text;
  if (word === "like" || word === "in") return word;
  if (word === "not" && takeWord(cursor, "in")) return "not in";
  if (word === "includes" || word === "excludes") throw new Unsupported(`${word.toUpperCase()} in SOQL`);
  return unexpectedToken(cursor, token);
}

function parseList(cursor: Cursor): Literal[] {
  mustTakePunctuation(cursor, "(");
  if (isWord(cursor, "select")) throw new Unsupported("a semi-join in SOQL");
  const values: Literal[] = [];
  do values.push(parseLiteral(cursor));
  while (takePunctuation(cursor, ","));
  mustTakePunctuation(cursor, ")");
  return values;
}

const WORDS: Readonly<Record<string, Literal>> = {
  true: { type: "boolean", value: true },
  false: { type: "boolean", value: false },
  null: { type: "null", value: null },
};

const DATE_WORD = /^(?:today|yesterday|tomorrow|(?:this|last|next)_\w+|(?:last|next)_n_\w+|n_\w+_ago)$/i;

function parseLiteral(cursor: Cursor): Literal {
  const token = take(cursor);
  if (token.kind === "string" || token.kind === "time") return { type: token.kind, value: token.text };
  if (token.kind === "number") return { type: "number", value: Number(token.text) };
  const word = token.kind === "word" ? WORDS[token.text.toLowerCase()] : undefined;
  if (word) return word;
  if (DATE_WORD.test(token.text)) throw new Unsupported(`the date literal ${token.text} in SOQL`);
  if (token.text === ":") return malformed(cursor.text, token.at, "Bind variables only allowed in Apex code");
  return unexpectedToken(cursor, token);
}

function parseOrder(cursor: Cursor): SoqlQuery["orderBy"] {
  mustTake(cursor, "by");
  const order: { path: Path; descending: boolean; nullsLast: boolean }[] = [];
  do {
    const path = parsePath(cursor);
    const descending = takeWord(cursor, "desc");
    if (!descending) takeWord(cursor, "asc");
    order.push({ path, descending, nullsLast: takeWord(cursor, "nulls") && parseNulls(cursor) });
  } while (takePunctuation(cursor, ","));
  return order;
}

function parseNulls(cursor: Cursor): boolean {
  if (takeWord(cursor, "first")) return false;
  mustTake(cursor, "last");
  return true;
}

function parseCount(cursor: Cursor): number {
  return Number(takeKind(cursor, "number").text);
}
