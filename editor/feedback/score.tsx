import { Tooltip } from "@mantine/core";
import { IconQuote } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Tone } from "../ui/state-mark.js";

export interface Scored {
  readonly metric: string;
  readonly score: number | null;
  readonly scaleMax?: number | null;
}

const DETRACTOR_MAX = 6;
const PASSIVE_MAX = 8;

/** NPS by its own classes; every other scale by its own thirds, never by NPS's. */
export function scoreTone({ metric, score, scaleMax }: Scored): Tone {
  if (score === null) return "faint";
  if (metric === "nps") return score <= DETRACTOR_MAX ? "failed" : score <= PASSIVE_MAX ? "waiting" : "done";
  if (scaleMax === null || scaleMax === undefined || metric === "ces") return "waiting";
  return score / scaleMax <= 0.4 ? "failed" : score / scaleMax < 0.8 ? "waiting" : "done";
}

/** "NPS 3" as a chip; a bare comment gets a quotation mark. */
export function Score({ scored }: { readonly scored: Scored }) {
  const { t } = useTranslation();
  const { metric, score, scaleMax } = scored;
  const name = t(`metric.${metric}`, { defaultValue: metric });
  if (score === null) {
    return (
      <span className="lw-score" data-tone="faint">
        <IconQuote size={14} aria-hidden /> {name}
      </span>
    );
  }
  const scale = scaleMax === null || scaleMax === undefined ? "" : t("feedback.outOf", { max: scaleMax });
  return (
    <Tooltip label={`${name} ${String(score)} ${scale}`}>
      <span className="lw-score lw-numbers" data-tone={scoreTone(scored)}>
        <b>{score}</b> {name}
      </span>
    </Tooltip>
  );
}
