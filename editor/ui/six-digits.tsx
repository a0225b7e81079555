import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Props {
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly autoFocus?: boolean;
}

/** The code of an authenticator app. Apps show it with a gap, so that may be pasted too. */
export function SixDigits({ value, onChange, autoFocus = false }: Props) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t("secondFactor.code")}
      description={t("secondFactor.codeText")}
      required
      withAsterisk={false}
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="\d{6}"
      title={t("secondFactor.codeText")}
      autoFocus={autoFocus}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value.replace(/\D/g, "").slice(0, 6))}
    />
  );
}
