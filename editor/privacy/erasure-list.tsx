import { Stack, Title } from "@mantine/core";
import { IconEraser } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";
import { Notice } from "../ui/notice.js";
import { ErasureCard } from "./erasure-card.js";

export function ErasureList() {
  const { t } = useTranslation();
  const query = useQuery(queries.erasures());
  return (
    <Stack gap="sm">
      <Title order={2} fz="md">
        {t("privacy.erasures")}
      </Title>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Notice icon={IconEraser} title={t("privacy.noErasures")} text={t("privacy.noErasuresText")} />
          ) : (
            items.map((erasure) => <ErasureCard key={erasure.id} erasure={erasure} />)
          )
        }
      </Loaded>
    </Stack>
  );
}
