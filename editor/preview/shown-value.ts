import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { formatNumber } from "../ui/format.js";
import { usePreview } from "./previewed.js";

/** What the chosen event has of a field, as it may stand beside its name; null where it has nothing, or none is chosen. */
export function useShownValue(): (path: string) => string | null {
  const { t, i18n } = useTranslation();
  const values = usePreview()?.values;
  return useCallback(
    (path) => {
      const value = values?.[path];
      if (value === undefined) return null;
      if (typeof value === "number") return formatNumber(value, i18n.language);
      return typeof value === "string" ? value : t(value ? "common.yes" : "common.no");
    },
    [values, t, i18n],
  );
}

export const withValue = (title: string, value: string | null): string =>
  value === null ? title : `${title} · ${value}`;
