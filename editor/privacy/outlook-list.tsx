import { List, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Outlook } from "../../server/retention/retention-api.js";
import { Hint } from "../ui/hint.js";

type SourceOutlook = Outlook["sources"][number];

const isTold = ({ contents, responses, deliveries, held }: SourceOutlook): boolean =>
  held || contents + responses + deliveries > 0;

/** What saving would delete, in numbers. */
export function OutlookList({ outlook: { sources, most } }: { readonly outlook: Outlook }) {
  const { t } = useTranslation();
  const told = sources.filter(isTold);
  return (
    <Hint tone="waiting" title={t("retention.looked")}>
      <Stack gap={4} role="status">
        {told.length === 0 && <Text fz="sm">{t("retention.nothing")}</Text>}
        <List size="sm">
          {told.map(({ sourceId, sourceName, held, ...counts }) => (
            <List.Item key={sourceId}>
              {t(held ? "retention.goesHeld" : "retention.goes", { name: sourceName, ...counts })}
            </List.Item>
          ))}
        </List>
        {told.some(({ contents, responses }) => Math.max(contents, responses) >= most) && (
          <Text fz="sm">{t("retention.most", { most })}</Text>
        )}
        {told.some(({ responses }) => responses > 0) && <Text fz="sm">{t("retention.noCopies")}</Text>}
      </Stack>
    </Hint>
  );
}
