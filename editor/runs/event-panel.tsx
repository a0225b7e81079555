import { ScrollArea, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../server/runs/run-api.js";
import { asRecord } from "../ui/read.js";
import { ValueList } from "./value-list.js";

const parts = ["feedback", "contact", "account"] as const;

/** What was said and by whom, as the run saw it. */
export function EventPanel({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
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
            <ValueList key={part} title={t(`fieldGroup.${part}`)} prefix={part} values={asRecord(run.event?.[part])} />
          ))}
        </Stack>
      </ScrollArea>
    </aside>
  );
}
