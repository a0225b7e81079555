import { ActionIcon, Button, Group, Text, Tooltip } from "@mantine/core";
import { IconPlayerPlay, IconPlayerTrackNext, IconShieldCheck, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useErrorWords } from "../ui/error-words.js";
import { EventPicker } from "./event-picker.js";
import { FlowTests } from "./flow-tests.js";
import { useIsStarted } from "./is-started.js";
import { PinRealSteps } from "./pin-real-steps.js";
import { SaveTest } from "./save-test.js";
import type { Trying } from "./trying.js";
import { useWhyNotWords } from "./why-not-words.js";
import "./try.css";

interface Props {
  readonly trying: Trying;
}

/** Under the canvas: an event, and the flow carried out on it by steps or at once. */
export function TryStrip({ trying }: Props) {
  const { t } = useTranslation();
  const { chosen, isBusy, result, shown } = trying;
  const isStarted = useIsStarted();
  const wasSent = Object.keys(trying.real).length > 0;
  const isOver = result !== null && shown >= result.path.length;
  return (
    <section className="lw-try" aria-label={t("try.title")}>
      <PinRealSteps trying={trying} />
      <Group gap={8} wrap="nowrap" className="lw-try-begin">
        <EventPicker trying={trying} />
        <Button
          variant="default"
          size="xs"
          disabled={!chosen || isOver}
          leftSection={<IconPlayerTrackNext size={14} aria-hidden />}
          onClick={trying.step}
        >
          {t("try.step")}
        </Button>
        <Button
          variant="default"
          size="xs"
          disabled={!chosen || isOver}
          loading={isBusy}
          leftSection={<IconPlayerPlay size={14} aria-hidden />}
          onClick={trying.all}
        >
          {t("try.all")}
        </Button>
        {isOver && !isStarted && <SaveTest trying={trying} />}
        <FlowTests flowId={trying.flowId} />
        {result && (
          <Tooltip label={t("try.end")}>
            <ActionIcon variant="subtle" color="gray" aria-label={t("try.end")} onClick={trying.end}>
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      <Said trying={trying} />
      <Text fz={12.5} c="dimmed" className="lw-try-safe">
        <IconShieldCheck size={15} stroke={1.8} aria-hidden /> {t(wasSent ? "realStep.sent" : "try.nothingSent")}
      </Text>
    </section>
  );
}

/** How it stands, in one sentence. */
function Said({ trying }: { readonly trying: Trying }) {
  const { t } = useTranslation();
  const wordsOf = useErrorWords();
  const whyNot = useWhyNotWords();
  const { isBusy, isStale, error, result } = trying;
  const say = (): { readonly text: string; readonly tone: "stuck" | "failed" | "faint" } => {
    if (isBusy) return { text: t("try.busy"), tone: "faint" };
    if (error) return { text: wordsOf(error).text, tone: "failed" };
    if (isStale) return { text: t("try.stale"), tone: "stuck" };
    if (!result) return { text: "", tone: "faint" };
    if (result.whyNot) return { text: `${t("try.notStarted")} ${whyNot(result.whyNot)}`, tone: "stuck" };
    return { text: progressOf(trying), tone: "faint" };
  };
  const progressOf = ({ shown }: Trying): string => {
    if (!result) return "";
    const { path, state, outcome, isMasked } = result;
    const progress = t("try.progress", { shown, count: path.length });
    const parts = shown < path.length ? [progress] : [progress, endOf(state, outcome ?? "")];
    return [parts.join(" · "), ...(isMasked ? [t("try.masked")] : [])].join(". ");
  };
  const endOf = (state: string, outcome: string): string =>
    state === "finished" || state === "stuck" ? t(`try.ended.${state}`, { outcome }) : t("try.ended.other");
  const { text, tone } = say();
  return (
    <p className="lw-try-said" role="status" data-tone={tone}>
      {text}
    </p>
  );
}
