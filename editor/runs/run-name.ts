import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { RunSummary } from "../../server/runs/run-api.js";
import { hourAndMinute } from "../ui/format.js";

type Named = Pick<RunSummary, "start" | "contactName" | "ofEmployee">;

interface RunNames {
  /** Whom it is about, else what began it. */
  readonly nameOf: (run: Named) => string;
  /** Where it comes from: the source of what was said, or what began it in place of that. */
  readonly originOf: (run: Named & Pick<RunSummary, "sourceName">) => string;
}

/** What a run is called in lists and above its page. */
export function useRunNames(): RunNames {
  const { t, i18n } = useTranslation();
  const begun = (run: Named) =>
    run.start === null ? null : startWords(run.start, run.ofEmployee, { t, language: i18n.language });
  return {
    nameOf: (run) => run.contactName ?? begun(run) ?? t(run.ofEmployee ? "employees.someone" : "common.someone"),
    originOf: (run) =>
      run.contactName === null && run.start ? t("starts.noFeedback") : (begun(run) ?? run.sourceName),
  };
}

/** "Scheduled, 09:00", "Started by Ines", "Called by the API: Nightly". */
function startWords(
  { kind, at, by }: NonNullable<RunSummary["start"]>,
  isByDay: boolean,
  { t, language }: { readonly t: TFunction; readonly language: string },
): string {
  if (kind === "schedule")
    return isByDay ? t("starts.scheduled") : t("starts.scheduledAt", { time: hourAndMinute(at, language) });
  if (kind === "api") return by === null ? t("starts.calledByApi") : t("starts.calledBy", { by });
  return by === null ? t("starts.byHand") : t("starts.startedBy", { by });
}
