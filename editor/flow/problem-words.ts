import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "../../server/flows/flow-api.js";

/** The reader's words for a problem's code, else the server's own (English) message. */
export function useProblemWords(): (problem: FlowProblem) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    ({ code, message, params }) => {
      const key = `problem.${code}`;
      if (i18n.language === "en" || !i18n.exists(key)) return message;
      return t(key as "problem.value_missing", { ...params, defaultValue: message });
    },
    [t, i18n],
  );
}
