import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { accountSchema } from "../../server/members/account-api.js";
import { useChange } from "../api/change.js";
import { SixDigits } from "../ui/six-digits.js";
import { Refusal } from "../ui/refusal.js";

interface Props {
  readonly path: string;
  readonly confirm: string;
  readonly onCancel: () => void;
}

/** What changes with the second factor is confirmed by a code of it. */
export function CodeForm({ path, confirm, onCancel }: Props) {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const send = useChange({
    schema: accountSchema,
    call: (digits: string) => ({ path, body: { code: digits } }),
    renews: ["account", "member"],
    quiet: true,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate(code, { onError: () => setCode("") });
      }}
    >
      <Stack>
        <SixDigits autoFocus value={code} onChange={setCode} />
        <Refusal error={send.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={send.isPending}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
