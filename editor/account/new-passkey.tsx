import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { addPasskey } from "../api/passkeys.js";
import { PasskeyRefusal } from "../ui/passkey-refusal.js";
import { PasswordField } from "../ui/password-field.js";

interface Props {
  /** Not of who came by a link: they may have lost it. */
  readonly asksCurrent: boolean;
  readonly onDone: () => void;
}

export function NewPasskey({ asksCurrent, onDone }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm({ initialValues: { name: "", current: "" } });
  const add = useMutation({
    mutationFn: addPasskey,
    onSuccess: async () => {
      await Promise.all(["account", "me", "member"].map((topic) => client.invalidateQueries({ queryKey: [topic] })));
      onDone();
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => add.mutate(values))}>
      <Stack>
        <TextInput
          label={t("passkeys.name")}
          description={t("passkeys.nameText")}
          required
          maxLength={60}
          autoFocus
          {...form.getInputProps("name")}
        />
        {asksCurrent && (
          <PasswordField
            label={t("account.currentPassword")}
            required
            autoComplete="current-password"
            {...form.getInputProps("current")}
          />
        )}
        <PasskeyRefusal error={add.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t("passkeys.make")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
