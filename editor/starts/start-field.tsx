import { NumberInput, Switch, TextInput } from "@mantine/core";
import type { StartField as Field } from "../../workflows/flow/start.js";
import { asNumber, asText } from "../ui/read.js";

type Value = string | number | boolean | null;
/** What was filled in so far, by name. */
export type Filled = Readonly<Record<string, Value>>;

export const blank = (fields: readonly Field[]): Filled =>
  Object.fromEntries(fields.map(({ name, type }) => [name, type === "boolean" ? false : null]));

interface Props {
  readonly field: Field;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

const inputTypes = { string: "text", date: "date", contact: "email" } as const;

/** One field of the form that a start is asked with. */
export function StartField({ field: { title, type, required }, value, onChange }: Props) {
  if (type === "boolean")
    return (
      <Switch label={title} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
    );
  if (type === "number")
    return (
      <NumberInput
        label={title}
        required={required}
        value={asNumber(value) ?? ""}
        onChange={(next) => onChange(typeof next === "number" ? next : null)}
      />
    );
  return (
    <TextInput
      label={title}
      required={required}
      type={inputTypes[type]}
      maxLength={2000}
      value={asText(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
