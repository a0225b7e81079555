import { Button, Group, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { holdSchema, type PlaceHold } from "../../server/holds/hold-api.js";
import { useChange } from "../api/change.js";
import { Refusal } from "../ui/refusal.js";

interface Props {
  readonly about: PlaceHold["about"];
  readonly onDone: () => void;
}

/** Why something must not go. */
export function HoldForm({ about, onDone }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const place = useChange({
    schema: holdSchema,
    call: (body: PlaceHold) => ({ path: "/api/privacy/holds", body }),
    renews: ["hold", "erasure"],
    told: () => t("holds.placed"),
    quiet: true,
  });
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    place.mutate({ about, reason: reason.trim() }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Textarea
          label={t("holds.reason")}
          description={t("holds.reasonText")}
          value={reason}
          minLength={3}
          maxLength={500}
          required
          autosize
          minRows={2}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Refusal error={place.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={place.isPending}>
            {t("holds.place")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
