import { ActionIcon, Button, Group, Input, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { asNumber, asRecords, asText } from "../ui/read.js";
import { errorAt } from "./form-props.js";
import type { FormProps } from "./form-props.js";
import { freshOutput } from "./fresh-output.js";

const LETTER_A = 65;

export function SplitForm({ config, set, errors }: FormProps) {
  const { t } = useTranslation();
  const shares = asRecords(config["shares"]);
  const total = shares.reduce((sum, { percent }) => sum + (asNumber(percent) ?? 0), 0);
  const change = (at: number, part: object) =>
    set({ shares: shares.map((share, index) => (index === at ? { ...share, ...part } : share)) });
  const add = () => {
    const title = String.fromCharCode(LETTER_A + shares.length);
    const output = freshOutput("way", shares);
    set({ shares: [...shares, { output, title, percent: Math.max(0, 100 - total) }] });
  };
  return (
    <Input.Wrapper label={t("form.shares")} description={t("form.sharesText")} error={errorAt(errors, "shares")} data-field="shares">
      <Stack gap={8} mt={8}>
        {shares.map((share, index) => (
          <Group key={asText(share["output"])} gap={8} wrap="nowrap">
            <TextInput
              flex={1}
              aria-label={t("form.shareName")}
              value={asText(share["title"])}
              maxLength={60}
              onChange={(event) => change(index, { title: event.currentTarget.value })}
            />
            <NumberInput
              w={92}
              aria-label={t("form.sharePercent")}
              suffix=" %"
              min={0}
              max={100}
              value={asNumber(share["percent"]) ?? ""}
              onChange={(percent) => change(index, { percent: typeof percent === "number" ? percent : 0 })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={shares.length <= 2}
              aria-label={t("common.remove")}
              onClick={() => set({ shares: shares.filter((_, at) => at !== index) })}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group justify="space-between">
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={add}>
            {t("form.addShare")}
          </Button>
          <Text fz="sm" className="lw-numbers" c={total === 100 ? "dimmed" : "var(--lw-stuck)"}>
            {t("form.total", { total })}
          </Text>
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}
