import { List, Paper, Stack, Text } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { SourceView } from "../../server/sources/source-api.js";
import { CopyLine } from "../ui/secret-line.js";
import type { GenericForm } from "./generic-settings.js";

/** What to enter in the sender's own settings, in words that any survey tool's page uses. */
export function SetUp({ source, form }: { readonly source: SourceView; readonly form: GenericForm }) {
  const { t } = useTranslation();
  return (
    <Paper p="lg" className="lw-card">
      <Stack>
        <CopyLine label={t("sources.address")} value={source.url} />
        <List type="ordered" fz="sm" spacing={6}>
          <List.Item>{t("sources.step.open")}</List.Item>
          <List.Item>{t("sources.step.paste")}</List.Item>
          <List.Item>
            {form.scheme === "standard-webhooks" ? (
              t("sources.step.standard")
            ) : (
              <Trans
                i18nKey="sources.step.hmac"
                values={{ header: form.header, example: `${form.prefix}…` }}
                components={{ code: <Text span ff="monospace" fz="sm" /> }}
              />
            )}
          </List.Item>
          <List.Item>{t("sources.step.test")}</List.Item>
        </List>
      </Stack>
    </Paper>
  );
}
