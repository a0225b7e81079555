import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client.js";
import { inFrench } from "../i18n/in-french.js";

/** What a refusal is about, by its HTTP status. */
const titles = { 403: "forbidden", 404: "missing", 409: "conflict" } as const;
const isTitled = (status: number): status is keyof typeof titles => status in titles;

function titleFor(status: number): "forbidden" | "missing" | "conflict" | "refused" | "away" {
  if (isTitled(status)) return titles[status];
  return status < 500 ? "refused" : "away";
}

export interface ErrorWords {
  readonly title: string;
  readonly text: string;
}

/**
 * What happened, and what to press. The server says it in English, exactly; readers of another language get the words for its code,
 * and the server's sentence where a code is not known here or says too little.
 */
export function useErrorWords(): (error: unknown) => ErrorWords {
  const { t, i18n } = useTranslation();
  return (error) => {
    if (!(error instanceof ApiError)) return { title: t("error.unexpected"), text: String(error) };
    const { code, detail, title, status } = error.problem;
    if (code === "offline") return { title: t("error.offline"), text: t("error.offlineText") };
    if (code === "unexpected_answer" || code === "no_answer") return { title: t("error.unexpected"), text: detail };
    if (!i18n.exists(`refusal.${code}`)) return { title, text: detail };
    const words = t(`refusal.${code}` as "refusal.bad_json", { detail: inFrench(detail) });
    return { title: t(`refusedTitle.${titleFor(status)}`), text: i18n.language === "en" ? detail : words };
  };
}
