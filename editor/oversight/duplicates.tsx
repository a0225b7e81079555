import { Anchor, List, Stack, Text } from "@mantine/core";
import { IconCopyCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Duplicate } from "../../server/oversight/oversight-api.js";
import { queries } from "../api/queries.js";
import { Listed } from "../ui/listed.js";
import { Notice } from "../ui/notice.js";

export function Duplicates() {
  const { t } = useTranslation();
  const query = useQuery(queries.duplicates());
  return (
    <Listed
      query={query}
      nothing={
        <div className="lw-card">
          <Notice icon={IconCopyCheck} title={t("oversight.noDuplicates")} text={t("oversight.noDuplicatesText")} />
        </div>
      }
    >
      {(items) => (
        <Stack>
          <Text fz="sm" c="dimmed">
            {t("oversight.duplicatesText")}
          </Text>
          {items.map((duplicate) => (
            <DuplicateCard key={duplicate.things[0]?.id} duplicate={duplicate} />
          ))}
        </Stack>
      )}
    </Listed>
  );
}

function DuplicateCard({ duplicate }: { readonly duplicate: Duplicate }) {
  const { t } = useTranslation();
  const { purpose, dataClasses, dataSubjects, things } = duplicate;
  const audience = [
    ...dataSubjects.map((one) => t(`oversight.subject.${one}`)),
    ...dataClasses.map((one) => t(`oversight.data.${one}`)),
  ];
  return (
    <article className="lw-card" aria-label={purpose}>
      <Stack p="md" gap={6}>
        <Text fw={550}>{purpose}</Text>
        <Text fz="sm" c="dimmed">
          {audience.join(" · ")}
        </Text>
        <List size="sm">
          {things.map(({ kind, id, name }) => (
            <List.Item key={id}>
              <Anchor
                underline="always"
                renderRoot={(props) => <Link {...props} to="/oversight" search={{ thing: id }} />}
              >
                {name}
              </Anchor>{" "}
              <Text span fz={12} c="dimmed">
                {t(`oversight.kind.${kind}`)}
              </Text>
            </List.Item>
          ))}
        </List>
      </Stack>
    </article>
  );
}
