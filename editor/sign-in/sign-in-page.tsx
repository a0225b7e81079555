import { Divider, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { PasskeyButton } from "./passkey-button.js";
import { ProviderButtons } from "./provider-buttons.js";
import { SignInForm } from "./sign-in-form.js";
import "./sign-in.css";

/** What stands in place of every page for those who are signed out. */
export function SignInPage() {
  const { t } = useTranslation();
  useDocumentTitle(`${t("signIn.title")} · Loopwright`);
  return (
    <main className="lw-sign-in">
      <div className="lw-sign-in-head">
        <img src="/loopwright.svg" width={36} height={36} alt="" />
        <Title order={1}>{t("signIn.title")}</Title>
      </div>
      <Ways />
      <div className="lw-sign-in-link">
        <Text fz={13} fw={550}>
          {t("signIn.withoutPassword")}
        </Text>
        <Text fz={13} c="dimmed">
          {t("signIn.linkText")}
        </Text>
        <div className="lw-secret">npm run --silent cli -- sign-in-link</div>
      </div>
    </main>
  );
}

/** Where it cannot be known what is offered, a password is tried. */
function Ways() {
  const { t } = useTranslation();
  const { data, isPending } = useQuery(queries.signInWays());
  if (isPending) return null;
  const { passwords, passkeys, providers } = data ?? { passwords: true, passkeys: false, providers: [] };
  return (
    <div className="lw-card lw-sign-in-card">
      <Stack>
        <ProviderButtons providers={providers} />
        {passkeys && <PasskeyButton />}
        {passwords && (passkeys || providers.length > 0) && <Divider label={t("signIn.or")} />}
        {passwords && <SignInForm />}
      </Stack>
    </div>
  );
}
