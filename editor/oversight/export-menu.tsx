import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconDownload } from "@tabler/icons-react";
import { useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { withQuery } from "../api/client.js";

/** The record is of everything; the table is of what is shown. */
export function ExportMenu() {
  const { t } = useTranslation();
  const { tab: _tab, thing: _thing, ...filter } = useSearch({ from: "/oversight" });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />} rightSection={<IconChevronDown size={14} />}>
          {t("oversight.export")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href="/api/oversight/record?format=html" download>
          {t("oversight.recordAsHtml")}
        </Menu.Item>
        <Menu.Item component="a" href="/api/oversight/record?format=json" download>
          {t("oversight.recordAsJson")}
        </Menu.Item>
        <Menu.Item component="a" href={withQuery("/api/oversight/export", filter)} download>
          {t("oversight.asCsv")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
