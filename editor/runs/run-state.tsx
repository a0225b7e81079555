import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../server/runs/run-api.js";
import { StateMark } from "../ui/state-mark.js";

interface Props {
  readonly run: Pick<RunSummary, "state" | "inDoubt" | "waitsFor" | "heldBy">;
  /** In text, without its pill. */
  readonly plain?: boolean;
}

/** A run's state in a word; of one that another of its key goes before, or that needs a connection which is held, that it waits. */
export function RunState({ run, plain = false }: Props) {
  const { t } = useTranslation();
  if (run.waitsFor !== null) return <StateMark state="queued" word={t("turn.short")} plain={plain} />;
  if (run.state === "running" && run.heldBy.length > 0)
    return <StateMark state="waiting" word={t("held.short")} plain={plain} />;
  return <StateMark state={run.inDoubt > 0 ? "ambiguous" : run.state} plain={plain} />;
}
