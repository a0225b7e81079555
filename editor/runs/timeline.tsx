import { Button, Group, Slider, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RunDetail } from "../../server/runs/run-api.js";
import { clockTime, dayOnly } from "../ui/format.js";
import { useFactWords, type FactView } from "./fact-words.js";

interface Props {
  readonly run: RunDetail;
  /** Number of the fact after which the run is shown; null: as it is now. */
  readonly moment: number | null;
  readonly onMoment: (moment: number | null) => void;
}

/** More marks than this are a bar. */
const MARKED = 60;

/** The run's facts in a row, to go back and forth between: the same distance each, because a run rests for days and then does much in a second. */
export function Timeline({ run, moment, onMoment }: Props) {
  const { t } = useTranslation();
  const say = useSaying(run);
  const { facts } = run;
  const place = moment === null ? facts.length : facts.findIndex(({ seq }) => seq === moment) + 1;
  const wordsAt = (at: number) => {
    const fact = facts[at - 1];
    return fact ? say(fact) : "";
  };
  // The last is now, and stays with what happens next.
  const go = (at: number) => onMoment(at >= facts.length ? null : (facts[at - 1]?.seq ?? null));
  return (
    <section className="lw-timeline" aria-label={t("moment.label")} data-past={moment !== null}>
      <Slider
        min={1}
        max={facts.length}
        value={place}
        onChange={go}
        size={4}
        thumbSize={16}
        label={null}
        thumbLabel={t("moment.label")}
        thumbValueText={wordsAt}
        marks={facts.length <= MARKED ? facts.map((_, index) => ({ value: index + 1 })) : []}
      />
      <Group gap={10} wrap="nowrap" mih={26}>
        <Text fz={12.5} c="dimmed" className="lw-numbers" flex="none">
          {moment === null ? t("moment.now") : t("moment.at", { seq: place, count: facts.length })}
        </Text>
        <Text fz={12.5} flex={1} truncate>
          {moment !== null && wordsAt(place)}
        </Text>
        {moment !== null && (
          <Button size="compact-xs" variant="light" onClick={() => onMoment(null)}>
            {t("moment.backToNow")}
          </Button>
        )}
      </Group>
    </section>
  );
}

function useSaying(run: RunDetail): (fact: FactView) => string {
  const { i18n } = useTranslation();
  const wordsOf = useFactWords(run);
  return (fact) => {
    const { step, text } = wordsOf(fact);
    const at = run.ofEmployee ? dayOnly(fact.at, i18n.language) : clockTime(fact.at, i18n.language);
    return `${at} · ${step === null ? "" : `${step} `}${text}`;
  };
}
