import { Paper, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";
import { ProviderForm } from "./provider-form.js";

/** The OpenID provider that a company's people sign in by. */
export function Provider() {
  const { t } = useTranslation();
  const query = useQuery(queries.signInProvider());
  return (
    <section>
      <Title order={2}>{t("provider.title")}</Title>
      <Text fz="sm" c="dimmed" mb={10}>
        {t("provider.text")}
      </Text>
      <Paper p="lg" className="lw-card" maw={720}>
        <Loaded query={query}>
          {(settings) => <ProviderForm key={JSON.stringify(settings)} settings={settings} />}
        </Loaded>
      </Paper>
    </section>
  );
}
