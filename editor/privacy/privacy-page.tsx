import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Page } from "../ui/page.js";
import { ErasureList } from "./erasure-list.js";
import { Holds } from "./holds.js";
import { PeopleSearch } from "./people-search.js";
import { RetentionSection } from "./retention.js";

export function PrivacyPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("nav.privacy")} lead={t("privacy.lead")}>
      <Stack gap="xl">
        <PeopleSearch />
        <ErasureList />
        <Holds />
        <RetentionSection />
      </Stack>
    </Page>
  );
}
