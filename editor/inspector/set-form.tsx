import { ActionIcon, Button, Group, Paper, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { asRecords, asText } from "../ui/read.js";
import { errorAt } from "./form-props.js";
import type { FormProps } from "./form-props.js";
import { TemplateField } from "./template-field.js";

export function SetForm({ config, set, fields, errors }: FormProps) {
  const { t } = useTranslation();
  const values = asRecords(config["values"]);
  const change = (at: number, part: object) =>
    set({ values: values.map((value, index) => (index === at ? { ...value, ...part } : value)) });
  return (
    <Stack gap={10} data-field="values">
      {values.map((value, index) => (
        <Paper key={index} p={10}>
          <Stack gap={8}>
            <Group gap={8} wrap="nowrap" align="flex-end">
              <TextInput
                flex={1}
                label={t("form.valueName")}
                placeholder="greeting"
                spellCheck={false}
                value={asText(value["name"])}
                error={errors[`values[${String(index)}].name`] ?? null}
                onChange={(event) => change(index, { name: event.currentTarget.value.replace(/\W/g, "") })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t("common.remove")}
                onClick={() => set({ values: values.filter((_, at) => at !== index) })}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
            <TemplateField
              label={t("form.valueHolds")}
              value={asText(value["template"])}
              fields={fields}
              multiline
              error={errors[`values[${String(index)}].template`] ?? null}
              onChange={(template) => change(index, { template })}
            />
          </Stack>
        </Paper>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        w="fit-content"
        leftSection={<IconPlus size={14} />}
        onClick={() => set({ values: [...values, { name: "", template: "" }] })}
      >
        {t("form.addValue")}
      </Button>
      {values.length === 0 && errorAt(errors, "values")}
    </Stack>
  );
}
