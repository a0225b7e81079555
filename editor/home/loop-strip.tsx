import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { ListedFlow } from "../../server/flows/flow-api.js";
import type { SourceView } from "../../server/sources/source-api.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { formatNumber } from "../ui/format.js";

export interface LoopCounts {
  readonly heard: number;
  readonly acted: number;
  readonly closed: number;
}

/** Counted from the lists themselves, so that each number leads to the things behind it; flows that no feedback starts stay out. */
export function countLoop(sources: readonly SourceView[], flows: readonly ListedFlow[]): LoopCounts {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const runs = flows.filter(({ startedByFeedback }) => startedByFeedback).map((flow) => flow.runs);
  return {
    heard: sum(sources.map(({ responses }) => responses)),
    acted: sum(runs.map(({ running, waiting, stuck, finished }) => running + waiting + stuck + finished)),
    closed: sum(runs.map(({ finished }) => finished)),
  };
}

const beats = [
  { name: "heard", to: "/feedback", search: {} },
  { name: "acted", to: "/runs", search: {} },
  { name: "closed", to: "/runs", search: { state: "finished" } },
] as const;

export function LoopStrip() {
  const { t, i18n } = useTranslation();
  const sources = useQuery({ ...queries.sources(), enabled: useMay()("sources:read") });
  const flows = useQuery(queries.flows());
  const counts = sources.data && flows.data ? countLoop(sources.data.items, flows.data.items) : null;
  return (
    <ol className="lw-loop lw-card" aria-label={t("home.loop")}>
      {beats.map(({ name, to, search }) => (
        <li key={name}>
          <Link to={to} search={search} className="lw-loop-beat">
            <span className="lw-overline">{t(`home.${name}`)}</span>
            <span className="lw-loop-number lw-numbers">
              {counts ? formatNumber(counts[name], i18n.language) : "–"}
            </span>
            <Text span fz="sm" c="dimmed">
              {counts ? t(`home.${name}Text`, { count: counts[name] }) : "\u00a0"}
            </Text>
          </Link>
        </li>
      ))}
    </ol>
  );
}
