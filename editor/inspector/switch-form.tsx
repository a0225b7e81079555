import { ActionIcon, Button, Group, Paper, Stack, Text, TextInput } from "@mantine/core";
import { IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { conditionSchema } from "../../workflows/flow/schema.js";
import { asRecords, asText } from "../ui/read.js";
import { ConditionEditor } from "./condition-editor.js";
import { noCondition } from "./condition-form.js";
import { errorsUnder } from "./form-props.js";
import type { FormProps } from "./form-props.js";
import { freshOutput } from "./fresh-output.js";

type Case = Readonly<Record<string, unknown>>;

const movedUp = (cases: readonly Case[], index: number): readonly Case[] =>
  cases.map((one, at) => (at === index - 1 ? cases[index] : at === index ? cases[index - 1] : one) ?? one);

export function SwitchForm({ config, set, fields, errors }: FormProps) {
  const { t } = useTranslation();
  const cases = asRecords(config["cases"]);
  const change = (at: number, part: object) =>
    set({ cases: cases.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  const add = () => {
    const output = freshOutput("case", cases);
    set({ cases: [...cases, { output, title: t("form.case", { number: cases.length + 1 }), when: noCondition }] });
  };
  return (
    <Stack gap={10} data-field="cases">
      <Text fz="sm" c="dimmed">
        {t("form.switchText")}
      </Text>
      {cases.map((one, index) => (
        <Paper key={asText(one["output"])} p={10} data-field={`cases[${String(index)}]`}>
          <Stack gap={10}>
            <Group gap={6} wrap="nowrap">
              <TextInput
                flex={1}
                aria-label={t("form.caseName")}
                value={asText(one["title"])}
                maxLength={60}
                onChange={(event) => change(index, { title: event.currentTarget.value })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={index === 0}
                aria-label={t("form.caseUp")}
                onClick={() => set({ cases: movedUp(cases, index) })}
              >
                <IconArrowUp size={16} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={cases.length === 1}
                aria-label={t("common.remove")}
                onClick={() => set({ cases: cases.filter((_, at) => at !== index) })}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
            <ConditionEditor
              value={conditionSchema.safeParse(one["when"]).data ?? noCondition}
              onChange={(when) => change(index, { when })}
              fields={fields}
              errors={errorsUnder(errors, `cases[${String(index)}].when`)}
              error={errors[`cases[${String(index)}].when`] ?? null}
            />
          </Stack>
        </Paper>
      ))}
      <Button variant="subtle" size="compact-sm" w="fit-content" leftSection={<IconPlus size={14} />} onClick={add}>
        {t("form.addCase")}
      </Button>
    </Stack>
  );
}
