import { Stack } from "@mantine/core";
import { IconEraser } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { Loaded } from "../ui/loading.js";
import { Notice } from "../ui/notice.js";
import { Part } from "../ui/part.js";
import { ErasureCard } from "./erasure-card.js";

export function ErasureList() {
  const { t } = useTranslation();
  const query = useQuery(queries.erasures());
  return (
    <Part title={t("privacy.erasures")}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Notice icon={IconEraser} title={t("privacy.noErasures")} text={t("privacy.noErasuresText")} />
          ) : (
            <Stack gap="sm">
              {items.map((erasure) => (
                <ErasureCard key={erasure.id} erasure={erasure} />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Part>
  );
}
