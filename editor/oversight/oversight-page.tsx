import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "../ui/page.js";
import { Duplicates } from "./duplicates.js";
import { Entries } from "./entries.js";
import { ExportMenu } from "./export-menu.js";
import { Senders } from "./senders.js";
import { oversightTabs, type OversightTab } from "./oversight-tabs.js";
import "./oversight.css";

const parts: Readonly<Record<OversightTab, () => React.JSX.Element>> = {
  entries: Entries,
  duplicates: Duplicates,
  senders: Senders,
};

export function OversightPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { tab = "entries" } = useSearch({ from: "/oversight" });
  const Part = parts[tab];
  const choose = (value: string | null) =>
    void navigate({ to: "/oversight", search: { tab: oversightTabs.find((one) => one === value) } });
  return (
    <Page title={t("nav.oversight")} lead={t("oversight.lead")} actions={<ExportMenu />}>
      <Tabs value={tab} onChange={choose} keepMounted={false}>
        <Tabs.List mb="md">
          {oversightTabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`oversight.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Part />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
