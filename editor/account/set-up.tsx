import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { z } from "zod";
import type { secondFactorSchema } from "../../server/members/account-api.js";
import { CopyLine } from "../ui/secret-line.js";
import { CodeForm } from "./code-form.js";
import { QrCode } from "./qr-code.js";

interface Props {
  readonly secondFactor: z.infer<typeof secondFactorSchema>;
  readonly onCancel: () => void;
}

/** The app gets the secret by camera or by hand; a first code proves that it has it. */
export function SetUp({ secondFactor: { secret, uri }, onCancel }: Props) {
  const { t } = useTranslation();
  return (
    <div className="lw-account-set-up">
      <QrCode text={uri} label={t("secondFactor.qr")} />
      <Stack>
        <Text fz="sm">{t("secondFactor.scan")}</Text>
        <CopyLine label={t("secondFactor.secret")} value={secret} />
        <CodeForm path="/api/account/second-factor/confirm" confirm={t("secondFactor.turnOn")} onCancel={onCancel} />
      </Stack>
    </div>
  );
}
