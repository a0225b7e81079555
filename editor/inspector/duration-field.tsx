import { Group, Input, NumberInput, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { asNumber, asRecord, asText } from "../ui/read.js";

const units = ["minutes", "hours", "days"] as const;

interface Props {
  readonly name: string;
  readonly label: string;
  readonly description?: string;
  readonly value: unknown;
  readonly error: string | null;
  readonly onChange: (duration: { readonly amount: number; readonly unit: string }) => void;
}

export function DurationField({ name, label, description, value, error, onChange }: Props) {
  const { t } = useTranslation();
  const { amount, unit } = asRecord(value);
  const now = { amount: asNumber(amount) ?? 1, unit: asText(unit) || "hours" };
  return (
    <Input.Wrapper label={label} description={description} error={error} data-field={name}>
      <Group gap={8} wrap="nowrap" mt={4}>
        <NumberInput
          aria-label={t("form.amount")}
          w={96}
          min={1}
          max={1000}
          clampBehavior="strict"
          allowDecimal={false}
          value={now.amount}
          onChange={(next) => onChange({ ...now, amount: typeof next === "number" ? next : 1 })}
        />
        <Select
          aria-label={t("form.unit")}
          flex={1}
          allowDeselect={false}
          value={now.unit}
          data={units.map((one) => ({ value: one, label: t(`unit.${one}`) }))}
          onChange={(next) => onChange({ ...now, unit: next ?? now.unit })}
        />
      </Group>
    </Input.Wrapper>
  );
}
