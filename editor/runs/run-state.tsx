import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../server/runs/run-api.js";
import { StateMark } from "../ui/state-mark.js";

/** A run's state in a word; of one that another of its key goes before, or that needs a connection which is held, that it waits. */
export function RunState({ run }: { readonly run: Pick<RunSummary, "state" | "inDoubt" | "waitsFor" | "heldBy"> }) {
  const { t } = useTranslation();
  if (run.waitsFor !== null) return <StateMark state="queued" word={t("turn.short")} />;
  if (run.state === "running" && run.heldBy.length > 0) return <StateMark state="waiting" word={t("held.short")} />;
  return <StateMark state={run.inDoubt > 0 ? "ambiguous" : run.state} />;
}
