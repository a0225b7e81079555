import { Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";
import { RetentionForm } from "./retention-form.js";

export function RetentionSection() {
  const { t } = useTranslation();
  const query = useQuery(queries.retention());
  return (
    <Stack gap="sm">
      <div>
        <Title order={2} fz="md">
          {t("retention.title")}
        </Title>
        <Text fz="sm" c="dimmed" maw={720}>
          {t("retention.text")}
        </Text>
      </div>
      <Loaded query={query}>{(saved) => <RetentionForm key={JSON.stringify(saved)} saved={saved} />}</Loaded>
    </Stack>
  );
}
