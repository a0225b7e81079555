import { Group, Input, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { AddButton } from "../ui/add-button.js";
import { asNumber, asRecords, asText } from "../ui/read.js";
import { RemoveButton } from "../ui/remove-button.js";
import { errorAt } from "./form-props.js";
import type { FormProps } from "./form-props.js";
import { freshOutput } from "./fresh-output.js";

const LETTER_A = 65;
const FEWEST = 2;

export function SplitForm({ config, set, errors }: FormProps) {
  const { t } = useTranslation();
  const shares = asRecords(config["shares"]);
  const total = shares.reduce((sum, { percent }) => sum + (asNumber(percent) ?? 0), 0);
  const add = () => {
    const title = String.fromCharCode(LETTER_A + shares.length);
    const output = freshOutput("way", shares);
    set({ shares: [...shares, { output, title, percent: Math.max(0, 100 - total) }] });
  };
  return (
    <Input.Wrapper
      label={t("form.shares")}
      description={t("form.sharesText")}
      error={errorAt(errors, "shares")}
      data-field="shares"
    >
      <Stack gap={8} mt={8}>
        {shares.map((share, index) => (
          <ShareRow
            key={asText(share["output"])}
            share={share}
            canRemove={shares.length > FEWEST}
            onChange={(part) => set({ shares: shares.map((old, at) => (at === index ? { ...old, ...part } : old)) })}
            onRemove={() => set({ shares: shares.filter((_, at) => at !== index) })}
          />
        ))}
        <Group justify="space-between">
          <AddButton label={t("form.addShare")} onClick={add} />
          <Text fz="sm" className="lw-numbers" c={total === 100 ? "dimmed" : "var(--lw-stuck)"}>
            {t("form.total", { total })}
          </Text>
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}

interface RowProps {
  readonly share: Readonly<Record<string, unknown>>;
  readonly canRemove: boolean;
  readonly onChange: (part: Readonly<Record<string, unknown>>) => void;
  readonly onRemove: () => void;
}

function ShareRow({ share, canRemove, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  return (
    <Group gap={8} wrap="nowrap">
      <TextInput
        flex={1}
        aria-label={t("form.shareName")}
        value={asText(share["title"])}
        maxLength={60}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
      />
      <NumberInput
        w={92}
        aria-label={t("form.sharePercent")}
        suffix=" %"
        min={0}
        max={100}
        value={asNumber(share["percent"]) ?? ""}
        onChange={(percent) => onChange({ percent: typeof percent === "number" ? percent : 0 })}
      />
      <RemoveButton disabled={!canRemove} onClick={onRemove} />
    </Group>
  );
}
