import { Anchor, Group, Select, Stack, Text } from "@mantine/core";
import type { ComboboxItem } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import { detractors, leavesOutSixes } from "../../workflows/flow/sixes.js";
import { operatorRules, operatorsFor } from "../../workflows/flow/condition-rows.js";
import type { ConditionRow } from "../../workflows/flow/schema.js";
import { withFieldOf, withOperator } from "../flow/conditions.js";
import { RowPreview } from "../preview/condition-preview.js";
import { RemoveButton } from "../ui/remove-button.js";
import { useServerWords } from "../ui/words.js";
import { ConditionValue } from "./condition-value.js";

interface Props {
  /** Within the step's form: "when.rows[0]". */
  readonly path: string;
  readonly row: ConditionRow;
  readonly onChange: (row: ConditionRow) => void;
  readonly onRemove: () => void;
  readonly fields: readonly FieldSpec[];
  readonly error: string | null;
}

const groups = ["feedback", "contact", "account", "start", "steps", "values"] as const;
const groupOf = (path: string) => groups.find((group) => path.startsWith(`${group}.`)) ?? "other";

function useFieldOptions(fields: readonly FieldSpec[]): { group: string; items: ComboboxItem[] }[] {
  const { t } = useTranslation();
  const word = useServerWords();
  return [...groups, "other" as const]
    .map((group) => ({
      group: t(`fieldGroup.${group}`),
      items: fields
        .filter(({ path }) => groupOf(path) === group)
        .map(({ path, title }) => ({ value: path, label: word(title) })),
    }))
    .filter(({ items }) => items.length > 0);
}

export function ConditionRowEditor({ path, row, onChange, onRemove, fields, error }: Props) {
  const { t } = useTranslation();
  const spec = fields.find(({ path }) => path === row.field);
  const options = useFieldOptions(fields);
  const choose = (path: string | null) => {
    const next = fields.find((field) => field.path === path);
    if (next) onChange(withFieldOf(row, next, spec));
  };
  return (
    <Stack gap={6}>
      <Group gap={4} wrap="nowrap">
        <Select
          flex={1}
          aria-label={t("condition.field")}
          searchable
          allowDeselect={false}
          maxDropdownHeight={320}
          data={options}
          value={spec ? row.field : null}
          placeholder={row.field}
          error={!spec}
          onChange={choose}
        />
        <RemoveButton label={t("condition.removeRow")} onClick={onRemove} />
      </Group>
      {spec && <Comparison row={row} spec={spec} onChange={onChange} error={error} />}
      <RowPreview path={path} row={row} fields={fields} />
      {leavesOutSixes(row) && <SixesHint onUse={() => onChange(detractors)} />}
    </Stack>
  );
}

type ComparisonProps = Pick<Props, "row" | "onChange" | "error"> & { readonly spec: FieldSpec };

function Comparison({ row, spec, onChange, error }: ComparisonProps) {
  const { t } = useTranslation();
  const operators = operatorsFor(spec.type);
  const kind = spec.type === "timestamp" ? "timeOperator" : "operator";
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" pr={36}>
      <Select
        w={operatorRules[row.operator].takes === "none" ? "100%" : 172}
        aria-label={t("condition.operator")}
        allowDeselect={false}
        comboboxProps={{ width: 190, position: "bottom-start" }}
        data={operators.map((operator) => ({ value: operator, label: t(`${kind}.${operator}`) }))}
        value={row.operator}
        onChange={(next) =>
          onChange(withOperator(row, operators.find((operator) => operator === next) ?? row.operator))
        }
      />
      <ConditionValue row={row} spec={spec} onChange={(value) => onChange({ ...row, value })} error={error} />
    </Group>
  );
}

/** NPS counts 0 to 6 as detractors; "below 6" rarely means to leave the sixes out. */
function SixesHint({ onUse }: { readonly onUse: () => void }) {
  const { t } = useTranslation();
  return (
    <Text fz={12} c="var(--lw-stuck)">
      {t("condition.sixes")}{" "}
      <Anchor component="button" type="button" fz={12} onClick={onUse}>
        {t("condition.useDetractors")}
      </Anchor>
    </Text>
  );
}
