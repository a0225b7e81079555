import { Stack } from "@mantine/core";
import { IconEraser } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.js";
import { Listed } from "../ui/listed.js";
import { Notice } from "../ui/notice.js";
import { Part } from "../ui/part.js";
import { ErasureCard } from "./erasure-card.js";
import { LeftToPersons } from "./left-to-person.js";

export function ErasureList() {
  const { t } = useTranslation();
  const query = useQuery(queries.erasures());
  return (
    <Part title={t("privacy.erasures")}>
      <LeftToPersons left={query.data?.left ?? []} />
      <Listed
        query={query}
        nothing={<Notice icon={IconEraser} title={t("privacy.noErasures")} text={t("privacy.noErasuresText")} />}
      >
        {(items) => (
          <Stack gap="sm">
            {items.map((erasure) => (
              <ErasureCard key={erasure.id} erasure={erasure} />
            ))}
          </Stack>
        )}
      </Listed>
    </Part>
  );
}
