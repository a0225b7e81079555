import { Group, Input, Paper, Select, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { startFieldTypes } from "../../workflows/flow/start.js";
import { errorAt, type FormProps } from "../inspector/form-props.js";
import { AddButton } from "../ui/add-button.js";
import { asRecord, asRecords, asText } from "../ui/read.js";
import { RemoveButton } from "../ui/remove-button.js";
import { freeName, nameFrom } from "./field-name.js";

type Field = Readonly<Record<string, unknown>>;

/** The form that whoever starts the flow fills in. */
export function CallFields({ config, set, errors }: Pick<FormProps, "config" | "set" | "errors">) {
  const { t } = useTranslation();
  const start = asRecord(config["start"]);
  const fields = asRecords(start["fields"]);
  const write = (next: readonly Field[]) => set({ start: { ...start, fields: next } });
  const names = fields.map(({ name }) => asText(name));
  const add = () => write([...fields, { name: freeName("field", names), title: "", type: "string", required: true }]);
  return (
    <Input.Wrapper label={t("starts.fields")} description={t("starts.fieldsText")} data-field="start.fields">
      <Stack gap={10} mt={8}>
        {fields.map((field, index) => (
          <FieldCard
            key={index}
            field={field}
            index={index}
            others={names.filter((_, at) => at !== index)}
            errors={errors}
            onChange={(part) => write(fields.map((old, at) => (at === index ? { ...old, ...part } : old)))}
            onRemove={() => write(fields.filter((_, at) => at !== index))}
          />
        ))}
        <AddButton label={t("starts.addField")} onClick={add} />
        <Text fz="xs" c="dimmed">
          {t("starts.once")}
        </Text>
      </Stack>
    </Input.Wrapper>
  );
}

interface CardProps extends Pick<FormProps, "errors"> {
  readonly field: Field;
  readonly index: number;
  /** Names of the other fields. */
  readonly others: readonly string[];
  readonly onChange: (part: Field) => void;
  readonly onRemove: () => void;
}

function FieldCard({ field, index, others, errors, onChange, onRemove }: CardProps) {
  const { t } = useTranslation();
  const error = (name: string) => errorAt(errors, `start.fields[${String(index)}].${name}`);
  const [title, name] = [asText(field["title"]), asText(field["name"])];
  // A name follows its label until somebody gives it one of its own.
  const retitle = (next: string) =>
    onChange({ title: next, ...(follows(name, title) && { name: freeName(nameFrom(next), others) }) });
  return (
    <Paper p={10} role="group" aria-label={t("starts.field", { number: index + 1 })}>
      <Stack gap={8}>
        <Group gap={8} wrap="nowrap" align="flex-end">
          <TextInput
            flex={1}
            label={t("starts.title")}
            value={title}
            maxLength={80}
            error={error("title")}
            onChange={(event) => retitle(event.currentTarget.value)}
          />
          <RemoveButton onClick={onRemove} />
        </Group>
        <Group gap={8} wrap="nowrap" align="flex-start">
          <Select
            flex={1}
            label={t("starts.type")}
            allowDeselect={false}
            data={startFieldTypes.map((value) => ({ value, label: t(`starts.types.${value}`) }))}
            value={asText(field["type"])}
            error={error("type")}
            onChange={(type) => onChange({ type })}
          />
          <TextInput
            w={110}
            label={t("starts.name")}
            spellCheck={false}
            value={name}
            error={error("name")}
            onChange={(event) => onChange({ name: event.currentTarget.value.replace(/\W/g, "") })}
          />
        </Group>
        <Asked field={field} onChange={onChange} />
      </Stack>
    </Paper>
  );
}

function Asked({ field, onChange }: Pick<CardProps, "field" | "onChange">) {
  const { t } = useTranslation();
  return (
    <>
      {field["type"] === "contact" && (
        <Text fz="xs" c="dimmed">
          {t("starts.contactText")}
        </Text>
      )}
      <Switch
        size="xs"
        label={t("starts.required")}
        checked={field["required"] === true}
        onChange={(event) => onChange({ required: event.currentTarget.checked })}
      />
    </>
  );
}

const follows = (name: string, title: string): boolean =>
  name === "" || name.replace(/\d+$/, "") === nameFrom(title).replace(/\d+$/, "");
