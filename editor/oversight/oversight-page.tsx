import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMay } from "../api/may.js";
import { Page } from "../ui/page.js";
import { Duplicates } from "./duplicates.js";
import { Entries } from "./entries.js";
import { ExportMenu } from "./export-menu.js";
import { Requests } from "./requests.js";
import { Senders } from "./senders.js";
import { oversightTabs, type OversightTab } from "./oversight-tabs.js";
import "./oversight.css";

const parts: Readonly<Record<OversightTab, () => React.JSX.Element>> = {
  entries: Entries,
  duplicates: Duplicates,
  senders: Senders,
  requests: Requests,
};

export function OversightPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const mayRead = useMay()("oversight:read");
  const { tab: asked } = useSearch({ from: "/oversight" });
  // Whoever may only ask sees what became of it.
  const tabs = mayRead ? oversightTabs : (["requests"] as const);
  const tab = tabs.find((one) => one === asked) ?? tabs[0];
  const Part = parts[tab];
  const choose = (value: string | null) =>
    void navigate({ to: "/oversight", search: { tab: oversightTabs.find((one) => one === value) } });
  return (
    <Page title={t("nav.oversight")} lead={t("oversight.lead")} actions={mayRead ? <ExportMenu /> : undefined}>
      <Tabs value={tab} onChange={choose} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map((one) => (
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
