import type { FieldProps } from "./schema-form.js";
import { useServerWords } from "./words.js";

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
