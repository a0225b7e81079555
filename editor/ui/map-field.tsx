import { Group, Input, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AddButton } from "./add-button.js";
import { useFrame, type FieldProps } from "./field-frame.js";
import { asRecord, asText } from "./read.js";
import { RemoveButton } from "./remove-button.js";

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
  return (
    <Input.Wrapper {...frame}>
      <Stack gap={6} mt={4}>
        {pairs.map((pair, index) => (
          <PairRow
            key={index}
            pair={pair}
            onChange={(next) => set(pairs.map((old, at) => (at === index ? next : old)))}
            onRemove={() => set(pairs.filter((_, at) => at !== index))}
          />
        ))}
        <AddButton label={t("form.mapAdd")} onClick={() => set([...pairs, ["", ""]])} />
      </Stack>
    </Input.Wrapper>
  );
}

interface RowProps {
  readonly pair: Pair;
  readonly onChange: (pair: Pair) => void;
  readonly onRemove: () => void;
}

function PairRow({ pair: [name, text], onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="nowrap">
      <TextInput
        aria-label={t("form.mapName")}
        placeholder={t("form.mapName")}
        w="40%"
        value={name}
        onChange={(event) => onChange([event.currentTarget.value, text])}
      />
      <TextInput
        aria-label={t("form.mapValue")}
        placeholder={t("form.mapValue")}
        flex={1}
        value={text}
        onChange={(event) => onChange([name, event.currentTarget.value])}
      />
      <RemoveButton onClick={onRemove} />
    </Group>
  );
}
