import { RE2JS } from "re2js";
import { memo } from "./memo.js";

/** Regular expressions in linear time: JavaScript's own can take seconds on 26 characters. */
export const MAX_PATTERN = 200;
/** Instructions of the compiled program; time is text length × this, so counted repetition cannot blow it up. */
const MAX_PROGRAM = 600;
const CACHED = 200;

export type PatternResult =
  { readonly ok: true; readonly pattern: RE2JS } | { readonly ok: false; readonly message: string };

export const compilePattern: (source: string) => PatternResult = memo(CACHED, (source: string) => source, compile);

function compile(source: string): PatternResult {
  if (source.length > MAX_PATTERN) return { ok: false, message: `A pattern may have ${MAX_PATTERN} characters.` };
  try {
    const pattern = RE2JS.compile(source);
    if (pattern.programSize() > MAX_PROGRAM)
      return { ok: false, message: "This pattern repeats too much to be quick." };
    return { ok: true, pattern };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Whether the pattern is found anywhere in the text. */
export function patternTest(text: string, source: string): boolean {
  const compiled = compilePattern(source);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.pattern.matcher(text).find();
}
