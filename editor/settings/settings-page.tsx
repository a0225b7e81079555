import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Page } from "../ui/page.js";
import { NoticeChannel } from "./notice-channel.js";
import { Tokens } from "./tokens.js";

export function SettingsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("nav.settings")}>
      <Stack gap="xl">
        <NoticeChannel />
        <Tokens />
      </Stack>
    </Page>
  );
}
