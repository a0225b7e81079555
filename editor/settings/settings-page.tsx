import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/may.js";
import { Page } from "../ui/page.js";
import { EmployeeGroup } from "./employee-group.js";
import { FourEyes } from "./four-eyes.js";
import { NoticeChannel } from "./notice-channel.js";
import { SearchSwitch } from "./search-switch.js";
import { Tokens } from "./tokens.js";

export function SettingsPage() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Page title={t("nav.settings")}>
      <Stack gap="xl">
        <fieldset className="lw-bare" disabled={!may("settings:manage")}>
          <Stack gap="xl">
            <FourEyes />
            <EmployeeGroup />
            <NoticeChannel />
          </Stack>
        </fieldset>
        <SearchSwitch />
        {may("tokens:manage") && <Tokens />}
      </Stack>
    </Page>
  );
}
