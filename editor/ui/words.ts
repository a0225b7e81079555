import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { inFrench } from "../i18n/in-french.js";

/** Titles of actions and fields come from connectors in English; what is known is shown in the reader's language. */
export function useServerWords(): (english: string) => string {
  const { i18n } = useTranslation();
  const isFrench = i18n.language === "fr";
  return useCallback((english) => (isFrench ? inFrench(english) : english), [isFrench]);
}
