import { refuse } from "./reply.js";

export interface JqlToken {
  readonly kind: "word" | "string" | "operator" | "open" | "close" | "comma" | "end";
  readonly text: string;
  /** One-based column, for Jira's messages. */
  readonly column: number;
}

const PATTERN =
  /\s*(?:(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<operator>!=|>=|<=|!~|[=<>~])|(?<open>\()|(?<close>\))|(?<comma>,)|(?<word>[^\s"'=<>!~(),]+))/y;

const KINDS = ["string", "operator", "open", "close", "comma", "word"] as const;

export function tokenizeJql(jql: string): readonly JqlToken[] {
  const tokens: JqlToken[] = [];
  const source = jql.trimEnd();
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < source.length) {
    const start = PATTERN.lastIndex;
    const match = PATTERN.exec(source);
    const kind = KINDS.find((candidate) => match?.groups?.[candidate] !== undefined);
    if (!match || !kind) return badCharacter(source, start);
    const raw = match.groups?.[kind] ?? "";
    tokens.push({ kind, text: kind === "string" ? unquote(raw) : raw, column: PATTERN.lastIndex - raw.length + 1 });
  }
  return [...tokens, { kind: "end", text: "", column: source.length + 1 }];
}

function badCharacter(source: string, at: number): never {
  const quoted = source.slice(at).trimStart();
  const column = source.length - quoted.length + 1;
  const isQuote = quoted.startsWith('"') || quoted.startsWith("'");
  const complaint = isQuote
    ? `The quoted string '${quoted.slice(1)}' has not been completed.`
    : `The character '${quoted.charAt(0)}' is a reserved JQL character.`;
  return refuse(400, [`Error in the JQL Query: ${complaint} (line 1, character ${column})`]);
}

function unquote(raw: string): string {
  return raw.slice(1, -1).replace(/\\(.)/g, "$1");
}
