import { PasswordInput } from "@mantine/core";
import type { PasswordInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Whoever types a password may look at it; that replaces typing it twice. */
export function PasswordField(props: PasswordInputProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      maxLength={200}
      visibilityToggleButtonProps={{ "aria-label": t("common.showPassword"), tabIndex: 0 }}
      {...props}
    />
  );
}
