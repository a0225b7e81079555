import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { emptySchema } from "../../server/http/common-api.js";
import type { Passkey } from "../../server/passkeys/passkey-api.js";
import { useChange } from "../api/change.js";
import { PasswordField } from "../ui/password-field.js";
import { Refusal } from "../ui/refusal.js";

interface Props {
  readonly passkey: Passkey;
  readonly asksCurrent: boolean;
}

/** Asks first, for the password, too, as making one does. */
export function RemovePasskey({ passkey, asksCurrent }: Props) {
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>
        {t("common.remove")}
      </Button>
      <Modal opened={isOpen} onClose={close} title={t("passkeys.remove")}>
        <Question passkey={passkey} asksCurrent={asksCurrent} onDone={close} />
      </Modal>
    </>
  );
}

function Question({ passkey: { id, name }, asksCurrent, onDone }: Props & { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const [current, setCurrent] = useState("");
  const remove = useChange({
    schema: emptySchema,
    call: (body: { current?: string }) => ({ path: `/api/account/passkeys/${id}`, method: "DELETE", body }),
    renews: ["account", "me", "member"],
    quiet: true,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        remove.mutate(asksCurrent ? { current } : {}, { onSuccess: onDone });
      }}
    >
      <Stack>
        <Text fz="sm">{t("passkeys.removeText", { name })}</Text>
        {asksCurrent && (
          <PasswordField
            label={t("account.currentPassword")}
            required
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
        )}
        <Refusal error={remove.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" color="red" loading={remove.isPending}>
            {t("passkeys.remove")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
