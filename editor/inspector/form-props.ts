import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import type { DraftNode } from "../../workflows/flow/schema.js";

type Config = Readonly<Record<string, unknown>>;

/** Messages by the path of their field within the config: "input.summary", "when.rows[0]". */
export type FieldErrors = Readonly<Record<string, string>>;

/** What every node type's form gets. */
export interface FormProps {
  readonly node: DraftNode;
  readonly config: Config;
  /** Merges into the config. */
  readonly set: (change: Config) => void;
  /** What expressions and templates may read where the node stands. */
  readonly fields: readonly FieldSpec[];
  readonly errors: FieldErrors;
}

/** Of the errors, those under a path, by what follows it. */
export function errorsUnder(errors: FieldErrors, path: string): FieldErrors {
  const below = Object.entries(errors).filter(
    ([field]) => field.startsWith(`${path}.`) || field.startsWith(`${path}[`),
  );
  return Object.fromEntries(below.map(([field, message]) => [field.slice(path.length).replace(/^\./, ""), message]));
}

/** The error of this field itself, else the first one inside it. */
export function errorAt(errors: FieldErrors, path: string): string | null {
  return errors[path] ?? Object.values(errorsUnder(errors, path))[0] ?? null;
}
