import { Text } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EffectView } from "../../server/runs/run-api.js";
import { dayAndTime, hourAndMinute, relativeTime } from "../ui/format.js";
import { whyAgain } from "./why-again.js";

const EVERY_MS = 15_000;

/** When the next try is, in words and by the clock, and why it is not now. */
export function NextTry({ effect }: { readonly effect: EffectView }) {
  const { t, i18n } = useTranslation();
  const [now, setNow] = useState(() => new Date());
  useInterval(() => setNow(new Date()), EVERY_MS, { autoInvoke: true });
  const { state, nextTryAt, retryUntil } = effect;
  if (state !== "intent" && state !== "sending") return null;
  const why = whyAgain(effect);
  return (
    <Text fz="sm" c="dimmed">
      {nextTryAt !== null && (
        <Text span inherit c="var(--lw-text)">
          {whenWords(nextTryAt)}
          {why !== null && ` (${t(`nextTry.because.${why}`)})`}
          {". "}
        </Text>
      )}
      {t("runs.keepsTrying", { until: dayAndTime(retryUntil, i18n.language) })}
    </Text>
  );

  function whenWords(at: string): string {
    if (new Date(at) <= now) return t("nextTry.soon");
    return t("nextTry.when", { when: relativeTime(at, now, i18n.language), time: hourAndMinute(at, i18n.language) });
  }
}
