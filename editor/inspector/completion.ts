import type { FieldSpec } from "../../workflows/flow/catalogue.js";

export type CodeLanguage = "template" | "cel";

export interface Suggestion {
  readonly label: string;
  readonly detail: string;
  readonly apply: string;
}

/** A field that may be missing asks for what to say then; in an expression, for whether it is there. */
export function insertionOf({ path, optional }: FieldSpec, language: CodeLanguage): string {
  if (language === "cel") return optional ? `has(${path}) && ${path}` : path;
  return optional ? `{{ ${path} | default: "" }}` : `{{ ${path} }}`;
}

interface Typed {
  /** Offset in the text before the cursor at which the replacement begins. */
  readonly from: number;
  readonly prefix: string;
}

/** What is being typed: a path behind `{{`, or a word of an expression; null where no field belongs. */
function typedAt(before: string, language: CodeLanguage): Typed | null {
  const word = /[\w.]*$/.exec(before)?.[0] ?? "";
  if (language === "cel") return word === "" ? null : { from: before.length - word.length, prefix: word };
  const opened = /\{\{\s*([\w.]*)$/.exec(before);
  return opened ? { from: before.length - opened[0].length, prefix: opened[1] ?? "" } : null;
}

export function suggestionsFor(
  fields: readonly FieldSpec[],
  language: CodeLanguage,
  titleOf: (field: FieldSpec) => string,
): readonly Suggestion[] {
  return fields.map((field) => ({
    label: field.path,
    detail: titleOf(field),
    apply: language === "cel" ? field.path : insertionOf(field, language),
  }));
}

interface Cursor {
  readonly before: string;
  readonly after: string;
  readonly language: CodeLanguage;
  /** Asked for by Ctrl-Space, not by typing. */
  readonly explicit: boolean;
}

/** What a completion would replace: in a template the rest of a field that is already there goes with it. */
export function completionsAt({ before, after, language, explicit }: Cursor): (Typed & { readonly to: number }) | null {
  const typed = typedAt(before, language);
  if (!typed) return explicit && language === "cel" ? { from: before.length, to: before.length, prefix: "" } : null;
  if (language === "cel") return { ...typed, to: before.length };
  const rest = /^[\w.]*\s*\}\}/.exec(after)?.[0].length ?? 0;
  return { ...typed, to: before.length + rest };
}

/** By path or by title, wherever it stands in them. */
export const matching = (suggestions: readonly Suggestion[], prefix: string): readonly Suggestion[] =>
  suggestions.filter(({ label, detail }) => `${label} ${detail}`.toLowerCase().includes(prefix.toLowerCase()));
