import { Button, Select, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSourceOptions } from "./source-options.js";
import type { Chosen } from "./trying.js";

interface Props {
  readonly chosen: Chosen | null;
  readonly onChoose: (chosen: Chosen) => void;
}

const pastedOf = (chosen: Chosen | null) =>
  chosen?.event.kind === "payload" ? chosen.event : { sourceId: null, payload: "" };

/** A delivery as a source would send it. */
export function PayloadForm({ chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const sources = useSourceOptions();
  const before = pastedOf(chosen);
  const [given, setGiven] = useState(before.sourceId);
  const [payload, setPayload] = useState(before.payload);
  const sourceId = given ?? sources[0]?.value ?? null;
  const use = () => {
    if (sourceId === null) return;
    const name = sources.find(({ value }) => value === sourceId)?.label ?? "";
    onChoose({ event: { kind: "payload", sourceId, payload }, label: `${name}, ${t("try.payloadLabel")}` });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        use();
      }}
    >
      <Stack gap={8}>
        <Select
          size="xs"
          label={t("try.source")}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          data={sources}
          value={sourceId}
          onChange={setGiven}
        />
        <Textarea
          size="xs"
          data-autofocus
          label={t("try.payload")}
          placeholder="{ … }"
          autosize
          minRows={6}
          maxRows={12}
          spellCheck={false}
          value={payload}
          onChange={({ currentTarget }) => setPayload(currentTarget.value)}
        />
        <Button type="submit" size="xs" disabled={sourceId === null || payload.trim() === ""}>
          {t("try.use")}
        </Button>
      </Stack>
    </form>
  );
}
