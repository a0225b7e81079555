import { Paper, Tabs, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";
import { ProviderForm } from "./provider-form.js";
import { SamlForm } from "./saml-form.js";

/** The providers that a company's people sign in by: one a protocol. */
export function Provider() {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={2}>{t("provider.title")}</Title>
      <Text fz="sm" c="dimmed" mb={10}>
        {t("provider.text")}
      </Text>
      <Paper p="lg" className="lw-card" maw={720}>
        <Tabs defaultValue="oidc" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="oidc">OpenID Connect</Tabs.Tab>
            <Tabs.Tab value="saml">SAML 2.0</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="oidc">
            <Oidc />
          </Tabs.Panel>
          <Tabs.Panel value="saml">
            <Saml />
          </Tabs.Panel>
        </Tabs>
      </Paper>
    </section>
  );
}

function Oidc() {
  const query = useQuery(queries.signInProvider());
  return (
    <Loaded query={query}>{(settings) => <ProviderForm key={JSON.stringify(settings)} settings={settings} />}</Loaded>
  );
}

function Saml() {
  const query = useQuery(queries.samlProvider());
  return <Loaded query={query}>{(settings) => <SamlForm key={JSON.stringify(settings)} settings={settings} />}</Loaded>;
}
