import type { FormField } from "./form-fields.js";
import { useServerWords } from "./words.js";

export interface FieldProps {
  readonly field: FormField;
  readonly value: unknown;
  /** `undefined` leaves the field out. */
  readonly onChange: (value: unknown) => void;
  readonly error: string | null;
  /** The form's other values: a picker may depend on them. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** Label, description, star and error: the same around every input. */
export function useFrame({ field, error }: Pick<FieldProps, "field" | "error">) {
  const word = useServerWords();
  return {
    label: word(field.title),
    description: field.description === null ? null : word(field.description),
    withAsterisk: field.required,
    error,
  };
}
