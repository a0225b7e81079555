import { NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import { operatorRules } from "../../workflows/flow/condition-rows.js";
import type { ConditionRow } from "../../workflows/flow/schema.js";
import { metrics } from "../sources/generic-settings.js";
import { asNumber, asText, asTexts } from "../ui/read.js";

interface Props {
  readonly row: ConditionRow;
  readonly spec: FieldSpec;
  readonly onChange: (value: ConditionRow["value"]) => void;
  readonly error: string | null;
}

const categories = ["detractor", "passive", "promoter"] as const;

function useChoices(path: string): { value: string; label: string }[] | null {
  const { t } = useTranslation();
  if (path === "feedback.metric") return metrics.map((value) => ({ value, label: t(`metric.${value}`) }));
  if (path === "feedback.category") return categories.map((value) => ({ value, label: t(`category.${value}`) }));
  return null;
}

export function ConditionValue(props: Props) {
  const { t } = useTranslation();
  const { row, spec, onChange, error } = props;
  const common = { flex: 1, "aria-label": t("condition.value"), error } as const;
  const { takes } = operatorRules[row.operator];
  if (takes === "none") return null;
  if (takes === "many") {
    return <TagsInput {...common} value={[...asTexts(row.value)]} onChange={onChange} />;
  }
  if (spec.type === "number") {
    return (
      <NumberInput
        {...common}
        value={asNumber(row.value) ?? ""}
        onChange={(value) => onChange(typeof value === "number" ? value : null)}
      />
    );
  }
  if (spec.type === "boolean") return <YesNo {...props} />;
  return <TextValue {...props} />;
}

function YesNo({ row, onChange, error }: Props) {
  const { t } = useTranslation();
  const choices = [
    { value: "yes", label: t("common.yes") },
    { value: "no", label: t("common.no") },
  ];
  return (
    <Select
      flex={1}
      aria-label={t("condition.value")}
      error={error}
      allowDeselect={false}
      data={choices}
      value={row.value === false ? "no" : "yes"}
      onChange={(value) => onChange(value === "yes")}
    />
  );
}

function TextValue({ row, spec, onChange, error }: Props) {
  const { t } = useTranslation();
  const choices = useChoices(spec.path);
  const label = t("condition.value");
  if (choices && row.operator !== "matches") {
    return (
      <Select
        flex={1}
        aria-label={label}
        error={error}
        data={choices}
        value={asText(row.value) || null}
        onChange={onChange}
      />
    );
  }
  return (
    <TextInput
      flex={1}
      aria-label={label}
      error={error}
      type={spec.type === "timestamp" ? "date" : "text"}
      value={asText(row.value).slice(0, spec.type === "timestamp" ? 10 : undefined)}
      onChange={(event) => onChange(event.currentTarget.value === "" ? null : event.currentTarget.value)}
    />
  );
}
