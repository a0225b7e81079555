import { fail } from "./failure.js";

export interface SoqlToken {
  readonly kind: "word" | "string" | "number" | "time" | "operator" | "punctuation" | "end";
  readonly text: string;
  /** Offset in the query. */
  readonly at: number;
}

const PATTERN =
  /\s*(?:(?<string>'(?:[^'\\]|\\.)*')|(?<time>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2}))?)|(?<number>[+-]?\d+(?:\.\d+)?)|(?<operator>!=|<>|>=|<=|[=<>])|(?<punctuation>[(),:])|(?<word>[A-Za-z_][\w.]*))/y;

const KINDS = ["string", "time", "number", "operator", "punctuation", "word"] as const;

export function tokenizeSoql(soql: string): readonly SoqlToken[] {
  const tokens: SoqlToken[] = [];
  const source = soql.trimEnd();
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < source.length) {
    const start = PATTERN.lastIndex;
    const match = PATTERN.exec(source);
    const kind = KINDS.find((candidate) => match?.groups?.[candidate] !== undefined);
    if (!match || !kind) return unexpected(source, start);
    const raw = match.groups?.[kind] ?? "";
    tokens.push({ kind, text: kind === "string" ? unescape(raw) : raw, at: PATTERN.lastIndex - raw.length });
  }
  return [...tokens, { kind: "end", text: "<EOF>", at: source.length }];
}

function unexpected(source: string, start: number): never {
  const at = start + (/^\s*/.exec(source.slice(start))?.[0].length ?? 0);
  const character = source.charAt(at);
  if (character === "'") return malformed(source, at, "Bind variables only allowed in Apex code");
  return malformed(source, at, `line 1:${at} no viable alternative at character '${character}'`);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

function unescape(raw: string): string {
  return raw.slice(1, -1).replace(/\\(.)/g, (_all, character: string) => ESCAPES[character.toLowerCase()] ?? character);
}

export function malformed(soql: string, at: number, complaint: string): never {
  return fail("MALFORMED_QUERY", pointAt(soql, at, complaint));
}

/** Salesforce shows the query, an arrow under the spot, and row and column before it complains. */
export function pointAt(soql: string, at: number, complaint: string): string {
  return `\n${soql}\n${" ".repeat(at)}^\nERROR at Row:1:Column:${at + 1}\n${complaint}`;
}
