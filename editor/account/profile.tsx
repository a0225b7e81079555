import { Button, Group, Paper, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { accountSchema } from "../../server/members/account-api.js";
import type { Account } from "../../server/members/account-api.js";
import { useChange } from "../api/change.js";
import { Part } from "../ui/part.js";
import { Refusal } from "../ui/refusal.js";

interface Values {
  name: string;
  email: string;
}

export function Profile({ account: { name, email, mayChangeEmail } }: { readonly account: Account }) {
  const { t } = useTranslation();
  const form = useForm<Values>({ initialValues: { name, email: email ?? "" } });
  const save = useChange({
    schema: accountSchema,
    call: (values: Values) => ({
      path: "/api/account",
      method: "PATCH",
      body: { name: values.name, ...(mayChangeEmail && values.email !== "" && { email: values.email }) },
    }),
    renews: ["account", "me", "member"],
    told: () => t("settings.saved"),
    quiet: true,
  });
  return (
    <Part title={t("account.profile")} text={t("account.profileText")}>
      <Paper p="lg" className="lw-card">
        <form onSubmit={form.onSubmit((values) => save.mutate(values, { onSuccess: () => form.resetDirty() }))}>
          <Stack>
            <TextInput
              label={t("members.name")}
              required
              maxLength={120}
              autoComplete="name"
              {...form.getInputProps("name")}
            />
            <TextInput
              type="email"
              label={t("members.email")}
              required={email !== null}
              readOnly={!mayChangeEmail}
              description={mayChangeEmail ? undefined : t("account.addressByAdmin")}
              maxLength={254}
              autoComplete="email"
              {...form.getInputProps("email")}
            />
            <Refusal error={save.error} />
            <Group justify="flex-end">
              <Button type="submit" variant="default" disabled={!form.isDirty()} loading={save.isPending}>
                {t("common.save")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Paper>
    </Part>
  );
}
