import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import { inFrench } from "../i18n/in-french.js";

/** The reader's words for a problem's code, else the server's own (English) message. */
export function useProblemWords(): (problem: FlowProblem) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    ({ code, message, params }) => {
      const key = `problem.${code}`;
      if (i18n.language === "en") return message;
      // Word for word where that is known: it is more exact than what the code says.
      const exact = inFrench(message);
      if (exact !== message || !i18n.exists(key)) return exact;
      return t(key as "problem.value_missing", { ...params, defaultValue: message });
    },
    [t, i18n],
  );
}
