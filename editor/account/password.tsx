import { Button, Group, Paper, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { accountSchema, PASSWORD_LENGTH } from "../../server/members/account-api.js";
import type { Account } from "../../server/members/account-api.js";
import { useChange } from "../api/change.js";
import { Hint } from "../ui/hint.js";
import { Part } from "../ui/part.js";
import { PasswordField } from "../ui/password-field.js";
import { Refusal } from "../ui/refusal.js";

export function Password({ account: { email, hasPassword, byLink } }: { readonly account: Account }) {
  const { t } = useTranslation();
  return (
    <Part title={t("account.password")} text={t(hasPassword ? "account.passwordOn" : "account.passwordOff")}>
      <Paper p="lg" className="lw-card">
        {email === null ? (
          <Hint tone="waiting">{t("account.emailFirst")}</Hint>
        ) : (
          <PasswordForm email={email} hasPassword={hasPassword} asksCurrent={hasPassword && !byLink} />
        )}
      </Paper>
    </Part>
  );
}

interface Values {
  current: string;
  password: string;
}

function useSetPassword(asksCurrent: boolean) {
  const { t } = useTranslation();
  return useChange({
    schema: accountSchema,
    call: ({ current, password }: Values) => ({
      path: "/api/account/password",
      method: "PUT",
      body: { password, ...(asksCurrent && { current }) },
    }),
    renews: ["account", "session", "member", "me"],
    told: () => t("account.passwordSet"),
    quiet: true,
  });
}

interface FormProps {
  readonly email: string;
  readonly hasPassword: boolean;
  /** Not of who came by a link: they may have lost it. */
  readonly asksCurrent: boolean;
}

function PasswordForm({ email, hasPassword, asksCurrent }: FormProps) {
  const { t } = useTranslation();
  const { least, most } = PASSWORD_LENGTH;
  const form = useForm<Values>({
    initialValues: { current: "", password: "" },
    validate: { password: (value) => (value.length < least ? t("account.passwordShort", { least }) : null) },
  });
  const save = useSetPassword(asksCurrent);
  const submit = form.onSubmit((values) => save.mutate(values, { onSuccess: () => form.reset() }));
  return (
    <form onSubmit={submit}>
      <Stack>
        {/* Whose password it is, for password managers. */}
        <input type="email" autoComplete="username" value={email} readOnly hidden />
        {asksCurrent && (
          <PasswordField
            label={t("account.currentPassword")}
            required
            autoComplete="current-password"
            {...form.getInputProps("current")}
          />
        )}
        <PasswordField
          label={t("account.newPassword")}
          description={t("account.newPasswordText", { least })}
          required
          maxLength={most}
          autoComplete="new-password"
          {...form.getInputProps("password")}
        />
        <Refusal error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" variant="default" disabled={!form.isDirty()} loading={save.isPending}>
            {t(hasPassword ? "account.changePassword" : "account.setPassword")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
