import { Button, Group, Stack, Text } from "@mantine/core";
import { IconCode, IconListCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { checkRows, toCel } from "../../workflows/flow/condition-rows.js";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import type { Condition, ConditionGroup } from "../../workflows/flow/schema.js";
import { WholePreview } from "../preview/condition-preview.js";
import { GroupEditor } from "./condition-group.js";
import type { FieldErrors } from "./form-props.js";
import { ExpressionField } from "./template-field.js";

interface Props {
  /** Within the step's form: "when", "cases[0].when". */
  readonly path: string;
  readonly value: Condition;
  readonly onChange: (condition: Condition) => void;
  readonly fields: readonly FieldSpec[];
  /** By row: "rows[0]". */
  readonly errors: FieldErrors;
  readonly error: string | null;
}

/** Unfinished rows cannot be worded as an expression yet, so it begins empty. */
const celOf = (group: ConditionGroup, fields: readonly FieldSpec[]) =>
  checkRows(group, fields).length === 0 ? toCel(group, fields) : "";

/** Rows and groups; what they cannot say is written as an expression. */
export function ConditionEditor({ path, value, onChange, fields, errors, error }: Props) {
  const { t } = useTranslation();
  if ("cel" in value) {
    return (
      <Stack gap={8}>
        <ExpressionField
          label={t("condition.expression")}
          value={value.cel}
          fields={fields}
          error={error}
          onChange={(cel) => onChange({ cel })}
        />
        <WholePreview path={path} condition={value} fields={fields} />
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          w="fit-content"
          leftSection={<IconListCheck size={15} />}
          onClick={() => onChange({ match: "all", rows: [] })}
        >
          {t("condition.backToRows")}
        </Button>
      </Stack>
    );
  }
  return (
    <Stack gap={8}>
      <GroupEditor path={path} group={value} onChange={onChange} fields={fields} errors={errors} depth={1} />
      {value.rows.length > 1 && <WholePreview path={path} condition={value} fields={fields} />}
      {error !== null && (
        <Text fz={12} c="var(--lw-failed)">
          {error}
        </Text>
      )}
      <Group>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconCode size={15} />}
          onClick={() => onChange({ cel: celOf(value, fields) })}
        >
          {t("condition.asExpression")}
        </Button>
      </Group>
    </Stack>
  );
}
