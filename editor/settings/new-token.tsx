import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { createdTokenSchema } from "../../server/members/token-api.js";
import { useChange } from "../api/change.js";
import { CopyLine } from "../ui/secret-line.js";
import { Refusal } from "../ui/refusal.js";
import { TokenReach } from "./token-reach.js";
import { blankToken, bodyOf, lives, type TokenValues } from "./token-values.js";

export function NewToken({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const [token, setToken] = useState<string | null>(null);
  if (token === null) return <TokenForm onCreated={setToken} />;
  return (
    <Stack>
      <Text fz="sm">{t("tokens.once")}</Text>
      <CopyLine label={t("tokens.token")} value={token} />
      <Group justify="flex-end">
        <Button onClick={onDone}>{t("tokens.kept")}</Button>
      </Group>
    </Stack>
  );
}

function TokenForm({ onCreated }: { readonly onCreated: (token: string) => void }) {
  const { t } = useTranslation();
  const form = useForm<TokenValues>({ initialValues: blankToken });
  const create = useChange({
    schema: createdTokenSchema,
    call: (values: TokenValues) => ({ path: "/api/tokens", body: bodyOf(values) }),
    renews: ["tokens"],
    quiet: true,
  });
  return (
    <form onSubmit={form.onSubmit((values) => create.mutate(values, { onSuccess: ({ token }) => onCreated(token) }))}>
      <Stack>
        <TextInput
          label={t("tokens.name")}
          description={t("tokens.nameText")}
          required
          maxLength={80}
          data-autofocus
          {...form.getInputProps("name")}
        />
        <TokenReach form={form} />
        <Select
          label={t("tokens.expires")}
          allowDeselect={false}
          data={lives.map((value) => ({ value, label: t("tokens.days", { count: Number(value) }) }))}
          {...form.getInputProps("days")}
        />
        <Refusal error={create.error} />
        <Group justify="flex-end">
          <Button type="submit" loading={create.isPending}>
            {t("tokens.create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
