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

export interface Typed {
  /** Offset in the text before the cursor at which the replacement begins. */
  readonly from: number;
  readonly prefix: string;
}

/** What is being typed: a path behind `{{`, or a word of an expression; null where no field belongs. */
export function typedAt(before: string, language: CodeLanguage): Typed | null {
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
