import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { serverWords } from "../i18n/server-words.js";

const none: Readonly<Record<string, string>> = {};

/** Titles of actions and fields come from connectors in English; what is known is shown in the reader's language. */
export function useServerWords(): (english: string) => string {
  const { i18n } = useTranslation();
  const words = i18n.language === "fr" ? serverWords : none;
  return useCallback((english) => words[english] ?? english, [words]);
}
