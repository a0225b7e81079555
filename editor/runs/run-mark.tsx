import { IconClock, IconPlayerPlay, IconTerminal2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../server/runs/run-api.js";
import { Score, type Scored } from "../feedback/score.js";

const icons = { schedule: IconClock, hand: IconPlayerPlay, api: IconTerminal2 } as const;

/** The chip before a run: what was said, or what began it in place of that. */
export function RunMark({ run }: { readonly run: Scored & Pick<RunSummary, "start"> }) {
  const { t } = useTranslation();
  if (run.start === null) return <Score scored={run} />;
  const Icon = icons[run.start.kind];
  return (
    <span className="lw-score" data-tone="faint">
      <Icon size={14} aria-hidden /> {t(`starts.chip.${run.start.kind}`)}
    </span>
  );
}
