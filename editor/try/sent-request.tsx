import { Button, CopyButton, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { TryEffect } from "../../server/tries/try-api.js";
import { inOrderOf, useInputTitles } from "../runs/effect-view.js";
import { ValueList } from "../runs/value-list.js";
import { Hint } from "../ui/hint.js";
import { readableBody, requestText } from "./request-text.js";

/** What one write to the outside would be: as the form has it, and as it would go over the wire. */
export function SentRequest({ effect }: { readonly effect: TryEffect }) {
  const { t } = useTranslation();
  const { connection, request, refused, input } = effect;
  const titles = useInputTitles(effect.action);
  return (
    <Stack gap={12} className="lw-effect">
      {connection && (
        <Text fz="sm" c="dimmed">
          {connection.state === "ok"
            ? t("try.by", { name: connection.name })
            : t(`try.${connection.state}`, { name: connection.name })}
        </Text>
      )}
      {refused && (
        <Hint tone="failed" title={t("try.refused")}>
          {refused.message}
        </Hint>
      )}
      <ValueList title={t("try.input")} titles={titles} values={inOrderOf(titles, input)} />
      {request && <Wire request={request} />}
    </Stack>
  );
}

/** As it goes over the wire, but for what is secret. */
export function Wire({ request }: { readonly request: NonNullable<TryEffect["request"]> }) {
  const { t } = useTranslation();
  const text = requestText(request);
  const body = readableBody(request);
  const head = requestText({ ...request, body: null });
  return (
    <Stack gap={6}>
      <Group justify="space-between" wrap="nowrap">
        <div className="lw-overline">{t("try.request")}</div>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              flex="none"
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              onClick={copy}
            >
              {t(copied ? "try.copied" : "try.copy")}
            </Button>
          )}
        </CopyButton>
      </Group>
      <pre className="lw-json lw-try-wire" tabIndex={0} aria-label={t("try.request")}>
        {body === null ? head : `${head}\n\n${body}`}
      </pre>
      <Text fz={12} c="dimmed">
        {t("try.lookedUp")}
      </Text>
    </Stack>
  );
}
