import { ActionIcon, Group, Paper, Stack, Text, TextInput } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { conditionSchema } from "../../workflows/flow/schema.js";
import { AddButton } from "../ui/add-button.js";
import { asRecords, asText } from "../ui/read.js";
import { RemoveButton } from "../ui/remove-button.js";
import { ConditionEditor } from "./condition-editor.js";
import { noCondition } from "./condition-form.js";
import { errorsUnder } from "./form-props.js";
import type { FormProps } from "./form-props.js";
import { freshOutput } from "./fresh-output.js";

type Case = Readonly<Record<string, unknown>>;

const movedUp = (cases: readonly Case[], index: number): readonly Case[] =>
  cases.map((one, at) => (at === index - 1 ? cases[index] : at === index ? cases[index - 1] : one) ?? one);

export function SwitchForm(props: FormProps) {
  const { t } = useTranslation();
  const { config, set } = props;
  const cases = asRecords(config["cases"]);
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
        <CaseCard
          key={asText(one["output"])}
          {...props}
          one={one}
          index={index}
          isOnly={cases.length === 1}
          onChange={(part) => set({ cases: cases.map((old, at) => (at === index ? { ...old, ...part } : old)) })}
          onUp={() => set({ cases: movedUp(cases, index) })}
          onRemove={() => set({ cases: cases.filter((_, at) => at !== index) })}
        />
      ))}
      <AddButton label={t("form.addCase")} onClick={add} />
    </Stack>
  );
}

interface CaseProps extends FormProps {
  readonly one: Case;
  readonly index: number;
  readonly isOnly: boolean;
  readonly onChange: (part: Case) => void;
  readonly onUp: () => void;
  readonly onRemove: () => void;
}

function CaseCard({ one, index, isOnly, onChange, onUp, onRemove, fields, errors }: CaseProps) {
  const { t } = useTranslation();
  const path = `cases[${String(index)}].when`;
  return (
    <Paper p={10} data-field={`cases[${String(index)}]`}>
      <Stack gap={10}>
        <Group gap={6} wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={t("form.caseName")}
            value={asText(one["title"])}
            maxLength={60}
            onChange={(event) => onChange({ title: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            disabled={index === 0}
            aria-label={t("form.caseUp")}
            onClick={onUp}
          >
            <IconArrowUp size={16} />
          </ActionIcon>
          <RemoveButton disabled={isOnly} onClick={onRemove} />
        </Group>
        <ConditionEditor
          path={path}
          value={conditionSchema.safeParse(one["when"]).data ?? noCondition}
          onChange={(when) => onChange({ when })}
          fields={fields}
          errors={errorsUnder(errors, path)}
          error={errors[path] ?? null}
        />
      </Stack>
    </Paper>
  );
}
