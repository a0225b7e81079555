import { JsonInput, NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { useFrame, type FieldProps } from "./field-frame.js";
import { MapField } from "./map-field.js";
import { asNumber, asText, asTexts, shown } from "./read.js";
import { useServerWords } from "./words.js";

function TextField({ field, value, onChange, error }: FieldProps) {
  const frame = useFrame({ field, error });
  const set = (text: string) => onChange(text === "" && !field.required ? undefined : text);
  if (field.multiline) {
    return (
      <Textarea
        {...frame}
        autosize
        minRows={3}
        maxRows={14}
        value={asText(value)}
        onChange={(event) => set(event.currentTarget.value)}
      />
    );
  }
  return <TextInput {...frame} value={asText(value)} onChange={(event) => set(event.currentTarget.value)} />;
}

function NumberField({ field, value, onChange, error }: FieldProps) {
  const frame = useFrame({ field, error });
  return (
    <NumberInput
      {...frame}
      value={asNumber(value) ?? ""}
      onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
    />
  );
}

function BooleanField({ field, value, onChange, error }: FieldProps) {
  const { label, description } = useFrame({ field, error });
  const checked = value === undefined ? field.initial === true : value === true;
  return (
    <Switch
      label={label}
      description={description}
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function ChoiceField({ field, value, onChange, error }: FieldProps) {
  const frame = useFrame({ field, error });
  const word = useServerWords();
  return (
    <Select
      {...frame}
      data={field.choices.map((choice) => ({ value: choice, label: word(choice) }))}
      value={asText(value ?? field.initial) || null}
      clearable={!field.required}
      onChange={(choice) => onChange(choice ?? undefined)}
    />
  );
}

function ListField({ field, value, onChange, error }: FieldProps) {
  const { t } = useTranslation();
  const frame = useFrame({ field, error });
  const list = [...asTexts(value)];
  return (
    <TagsInput
      {...frame}
      value={list}
      {...(list.length === 0 && { placeholder: t("form.addWithEnter") })}
      onChange={(texts) => onChange(texts.length === 0 ? undefined : texts)}
    />
  );
}

function JsonField({ field, value, onChange, error }: FieldProps) {
  const { t } = useTranslation();
  const frame = useFrame({ field, error });
  const parsed = (text: string): unknown => {
    if (text.trim() === "") return undefined;
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  };
  return (
    <JsonInput
      {...frame}
      autosize
      minRows={3}
      formatOnBlur
      validationError={t("form.notJson")}
      defaultValue={value === undefined ? "" : shown(value)}
      onChange={(text) => onChange(parsed(text))}
    />
  );
}

const inputs = {
  text: TextField,
  number: NumberField,
  boolean: BooleanField,
  choice: ChoiceField,
  list: ListField,
  map: MapField,
  json: JsonField,
} as const satisfies Record<FieldProps["field"]["kind"], ComponentType<FieldProps>>;

export function PlainField(props: FieldProps) {
  const Input = inputs[props.field.kind];
  return <Input {...props} />;
}
