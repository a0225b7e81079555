import { useTranslation } from "react-i18next";
import { cronProblem } from "../../workflows/flow/cron.js";

/** What is wrong with a cron line, in the reader's words, while it is written; null: nothing. */
export function useCronProblem(): (cron: string) => string | null {
  const { t } = useTranslation();
  return (cron) => {
    const wrong = cronProblem(cron);
    if (wrong === null) return null;
    if (wrong.kind === "parts") return t("starts.wrongParts", { amount: wrong.amount });
    if (wrong.kind === "days") return t("starts.wrongDays");
    const { part, ...written } = wrong;
    return t("starts.wrongPart", { ...written, part: t(`starts.parts.${part}`) });
  };
}
