/**
 * Parses a body that a stranger sent. `malformed` is the sender's mistake (answer 400); `unstorable` is proper JSON holding text
 * that PostgreSQL cannot keep (quarantine). Reasons name a place by its path, never a value.
 */
export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly kind: "malformed" | "unstorable"; readonly reason: string };

const MAX_DEPTH = 64;
const MAX_NODES = 10_000;
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENERS = new Set([0x5b, 0x7b]);
const CLOSERS = new Set([0x5d, 0x7d]);

export function parseJsonSafely(raw: Buffer): ParsedJson {
  // Before parsing: whatever walks the result may then recurse.
  if (deepest(raw) > MAX_DEPTH) return malformed(`The JSON is nested deeper than ${MAX_DEPTH} levels.`);
  const text = decode(raw);
  if (text === null) return malformed("The body is not UTF-8 text.");
  const parsed = parse(text);
  if (!parsed.ok) return malformed("The body is not JSON.");
  const found: Findings = { nodes: 0, forbidden: null, unstorable: null };
  walk(parsed.value, "$", found);
  if (found.nodes > MAX_NODES) return malformed(`The JSON holds more than ${MAX_NODES} values.`);
  if (found.forbidden) return malformed(`The key ${found.forbidden} is not allowed.`);
  if (found.unstorable) return { ok: false, kind: "unstorable", reason: found.unstorable };
  return { ok: true, value: parsed.value };
}

const malformed = (reason: string): ParsedJson => ({ ok: false, kind: "malformed", reason });

/** Multi-byte UTF-8 never holds an ASCII byte, so bytes may be read as characters here. */
function deepest(raw: Buffer): number {
  let depth = 0;
  let max = 0;
  let inString = false;
  for (let at = 0; at < raw.length; at++) {
    const byte = raw[at] ?? 0;
    if (inString && byte === BACKSLASH) at++;
    else if (byte === QUOTE) inString = !inString;
    else if (!inString && OPENERS.has(byte)) max = Math.max(max, ++depth);
    else if (!inString && CLOSERS.has(byte)) depth--;
  }
  return max;
}

function decode(raw: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(raw);
  } catch {
    return null;
  }
}

function parse(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

interface Findings {
  nodes: number;
  forbidden: string | null;
  unstorable: string | null;
}

function walk(value: unknown, path: string, found: Findings): void {
  found.nodes += 1;
  if (found.nodes > MAX_NODES) return;
  if (typeof value === "string") judgeText(value, path, found);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, `${path}[${index}]`, found);
  } else if (typeof value === "object" && value !== null) walkObject(value, path, found);
}

function walkObject(value: object, path: string, found: Findings): void {
  for (const [key, item] of Object.entries(value)) {
    if (FORBIDDEN.has(key)) found.forbidden ??= `${path}.${key}`;
    judgeText(key, `a key of ${path}`, found);
    walk(item, `${path}.${unstorable(key) ? "…" : key}`, found);
  }
}

function judgeText(text: string, place: string, found: Findings): void {
  const problem = unstorable(text);
  if (problem) found.unstorable ??= `The text at ${place} holds ${problem}, which cannot be stored.`;
}

function unstorable(text: string): string | null {
  if (text.includes("\0")) return "a NUL character";
  return /\p{Surrogate}/u.test(text) ? "half of a surrogate pair" : null;
}
