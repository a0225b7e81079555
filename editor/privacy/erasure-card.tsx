import { Anchor, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Erasure, ErasureCopy } from "../../server/erasure/erasure-api.js";
import { Hint } from "../ui/hint.js";
import { StateMark } from "../ui/state-mark.js";
import { Time } from "../ui/time.js";

const steps = ["settledAt", "copiesAt", "rowsAt", "tracesAt"] as const;

/** How far it is, what a person must still do, and the receipt. */
export function ErasureCard({ erasure }: { readonly erasure: Erasure }) {
  const { t } = useTranslation();
  const isDone = erasure.doneAt !== null;
  return (
    <article className="lw-card" aria-label={t("privacy.erasureOf", { id: erasure.id.slice(-8) })}>
      <Stack p="md" gap="xs">
        <Group justify="space-between">
          <Group gap="sm">
            <State erasure={erasure} />
            <Text fz="sm">{t(`privacy.ground.${erasure.ground}`, { name: erasure.askedBy ?? "–" })}</Text>
            <Text fz={12} c="dimmed">
              <Time at={erasure.askedAt} />
            </Text>
          </Group>
          <Receipt erasure={erasure} />
        </Group>
        {erasure.held && (
          <Hint tone="waiting" title={t("privacy.erasureHeld")}>
            {t(`privacy.erasureHeldBy.${erasure.held.by}`)}
          </Hint>
        )}
        {!isDone && (
          <List size="sm" spacing={2}>
            {steps.map((step) => (
              <List.Item key={step} {...(erasure[step] === null && { c: "dimmed" })}>
                {t(`privacy.step.${step}`)}
                {erasure[step] !== null && " ✓"}
              </List.Item>
            ))}
          </List>
        )}
        <Copies copies={erasure.copies} />
      </Stack>
    </article>
  );
}

function State({ erasure: { doneAt, held } }: { readonly erasure: Erasure }) {
  const { t } = useTranslation();
  if (held) return <StateMark state="waiting" word={t("privacy.isHeld")} />;
  const isDone = doneAt !== null;
  return <StateMark state={isDone ? "done" : "running"} word={t(isDone ? "privacy.done" : "privacy.underWay")} />;
}

function Receipt({ erasure: { id, receipt } }: { readonly erasure: Erasure }) {
  const { t } = useTranslation();
  if (receipt === null) return null;
  const href = `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(receipt, null, 2))}`;
  return (
    <Button
      component="a"
      variant="default"
      size="xs"
      leftSection={<IconDownload size={14} />}
      href={href}
      download={`erasure-${id}.json`}
    >
      {t("privacy.receipt")}
    </Button>
  );
}

const needsHand = ({ state }: ErasureCopy): boolean => ["by_hand", "failed", "foreign", "open"].includes(state);

function Copies({ copies }: { readonly copies: readonly ErasureCopy[] }) {
  const { t } = useTranslation();
  const left = copies.filter(needsHand);
  const gone = copies.length - left.length;
  const remains = [...new Set(copies.flatMap(({ remains: what }) => what ?? []))];
  return (
    <>
      {gone > 0 && <Text fz="sm">{t("privacy.copiesGone", { count: gone })}</Text>}
      {remains.map((what) => (
        <Text key={what} fz="sm" c="dimmed">
          {t(`privacy.remains.${what}`)}
        </Text>
      ))}
      {left.map(({ key, externalId, url, state, action, connection, code }) => (
        <Text key={`${key} ${externalId}`} fz="sm">
          {t(`privacy.copy.${state}`, { what: connection ?? action })}{" "}
          {url === null ? (
            (externalId ?? key)
          ) : (
            <Anchor href={url} underline="always">
              {externalId ?? url}
            </Anchor>
          )}
          {code !== null && (
            <Text span c="dimmed" fz={12}>
              {" "}
              ({code})
            </Text>
          )}
        </Text>
      ))}
    </>
  );
}
