import { ScrollArea, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../server/runs/run-api.js";
import { asRecord, asText } from "../ui/read.js";
import { ValueList } from "./value-list.js";

const parts = ["feedback", "contact", "account"] as const;

/** The product's own codes in the reader's words; what people wrote stays as it is. */
function useWorded(): (values: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>> {
  const { t } = useTranslation();
  return (values) => ({
    ...values,
    ...("metric" in values && {
      metric: t(`metric.${asText(values["metric"])}` as "metric.nps", asText(values["metric"])),
    }),
    ...("category" in values && {
      category: t(`category.${asText(values["category"])}` as "category.passive", asText(values["category"])),
    }),
  });
}

/** What was said and by whom, as the run saw it. */
export function EventPanel({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const worded = useWorded();
  return (
    <aside className="lw-inspector" aria-label={t("runs.event")}>
      <ScrollArea h="100%" scrollbarSize={8} type="hover">
        <Stack gap="lg" p="md">
          <div>
            <Title order={2}>{t("runs.event")}</Title>
            <Text fz="sm" c="dimmed">
              {t("runs.eventText")}
            </Text>
          </div>
          {run.event === null && (
            <Text fz="sm" c="dimmed">
              {t("runs.eventHidden")}
            </Text>
          )}
          {parts.map((part) => (
            <ValueList
              key={part}
              title={t(`fieldGroup.${part}`)}
              prefix={part}
              values={worded(asRecord(run.event?.[part]))}
            />
          ))}
        </Stack>
      </ScrollArea>
    </aside>
  );
}
