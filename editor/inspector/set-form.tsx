import { Group, Paper, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AddButton } from "../ui/add-button.js";
import { asRecords, asText } from "../ui/read.js";
import { RemoveButton } from "../ui/remove-button.js";
import type { FormProps } from "./form-props.js";
import { TemplateField } from "./template-field.js";

export function SetForm(props: FormProps) {
  const { t } = useTranslation();
  const { config, set } = props;
  const values = asRecords(config["values"]);
  return (
    <Stack gap={10} data-field="values">
      {values.map((value, index) => (
        <ValueCard
          key={index}
          {...props}
          value={value}
          index={index}
          onChange={(part) => set({ values: values.map((old, at) => (at === index ? { ...old, ...part } : old)) })}
          onRemove={() => set({ values: values.filter((_, at) => at !== index) })}
        />
      ))}
      <AddButton label={t("form.addValue")} onClick={() => set({ values: [...values, { name: "", template: "" }] })} />
    </Stack>
  );
}

interface CardProps extends FormProps {
  readonly value: Readonly<Record<string, unknown>>;
  readonly index: number;
  readonly onChange: (part: Readonly<Record<string, unknown>>) => void;
  readonly onRemove: () => void;
}

function ValueCard({ value, index, onChange, onRemove, errors, fields }: CardProps) {
  const { t } = useTranslation();
  return (
    <Paper p={10}>
      <Stack gap={8}>
        <Group gap={8} wrap="nowrap" align="flex-end">
          <TextInput
            flex={1}
            label={t("form.valueName")}
            placeholder="greeting"
            spellCheck={false}
            value={asText(value["name"])}
            error={errors[`values[${String(index)}].name`] ?? null}
            onChange={(event) => onChange({ name: event.currentTarget.value.replace(/\W/g, "") })}
          />
          <RemoveButton onClick={onRemove} />
        </Group>
        <TemplateField
          path={`values[${String(index)}].template`}
          label={t("form.valueHolds")}
          value={asText(value["template"])}
          fields={fields}
          multiline
          error={errors[`values[${String(index)}].template`] ?? null}
          onChange={(template) => onChange({ template })}
        />
      </Stack>
    </Paper>
  );
}
