import { Button, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { emptySchema } from "../../server/http/common-api.js";
import { useChange } from "../api/change.js";
import { ApiError } from "../api/client.js";
import { PasswordField } from "../ui/password-field.js";
import { Refusal } from "../ui/refusal.js";
import { SixDigits } from "../ui/six-digits.js";

interface Values {
  email: string;
  password: string;
  code: string;
}

const asksForCode = (error: unknown): boolean => error instanceof ApiError && error.problem.code === "code_needed";

/** The code is asked for once the password was right, and only of those who have a second factor. */
export function SignInForm() {
  const { t } = useTranslation();
  const [needsCode, setNeedsCode] = useState(false);
  const form = useForm<Values>({ initialValues: { email: "", password: "", code: "" } });
  const signIn = useChange({
    schema: emptySchema,
    call: ({ email, password, code }: Values) => ({
      path: "/api/sign-in",
      body: { email, password, ...(needsCode && { code }) },
    }),
    renews: [],
    quiet: true,
  });
  const onError = (error: unknown) => {
    form.setFieldValue("code", "");
    setNeedsCode((needed) => needed || asksForCode(error));
  };
  const submit = form.onSubmit((values) => signIn.mutate(values, { onSuccess: () => location.reload(), onError }));
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          type="email"
          label={t("signIn.email")}
          required
          withAsterisk={false}
          autoComplete="username"
          autoFocus
          {...form.getInputProps("email")}
        />
        <PasswordField
          label={t("signIn.password")}
          required
          withAsterisk={false}
          autoComplete="current-password"
          maxLength={1_000}
          {...form.getInputProps("password")}
        />
        {needsCode && (
          <SixDigits autoFocus value={form.values.code} onChange={(code) => form.setFieldValue("code", code)} />
        )}
        <Refusal error={asksForCode(signIn.error) ? null : signIn.error} />
        <Button type="submit" fullWidth loading={signIn.isPending || signIn.isSuccess}>
          {t("signIn.submit")}
        </Button>
      </Stack>
    </form>
  );
}
