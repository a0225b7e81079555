import { ActionIcon, Button, Group, Input, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFrame } from "./plain-field.js";
import { asRecord, asText } from "./read.js";
import type { FieldProps } from "./schema-form.js";

type Pair = readonly [name: string, value: string];

/** Names and values, such as headers. A row without a name is not part of the value yet, so rows live here. */
export function MapField({ field, value, onChange, error }: FieldProps) {
  const { t } = useTranslation();
  const frame = useFrame({ field, error });
  const [pairs, setPairs] = useState<readonly Pair[]>(() =>
    Object.entries(asRecord(value)).map(([name, text]) => [name, asText(text)] as const),
  );
  const set = (next: readonly Pair[]) => {
    setPairs(next);
    const named = next.filter(([name]) => name !== "");
    onChange(named.length === 0 ? undefined : Object.fromEntries(named));
  };
  const change = (at: number, pair: Pair) => set(pairs.map((old, index) => (index === at ? pair : old)));
  return (
    <Input.Wrapper {...frame}>
      <Stack gap={6} mt={4}>
        {pairs.map(([name, text], index) => (
          <Group key={index} gap={6} wrap="nowrap">
            <TextInput
              aria-label={t("form.mapName")}
              placeholder={t("form.mapName")}
              w="40%"
              value={name}
              onChange={(event) => change(index, [event.currentTarget.value, text])}
            />
            <TextInput
              aria-label={t("form.mapValue")}
              placeholder={t("form.mapValue")}
              flex={1}
              value={text}
              onChange={(event) => change(index, [name, event.currentTarget.value])}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("common.remove")}
              onClick={() => set(pairs.filter((_, at) => at !== index))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          leftSection={<IconPlus size={14} />}
          onClick={() => set([...pairs, ["", ""]])}
        >
          {t("form.mapAdd")}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
