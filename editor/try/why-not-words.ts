import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Try } from "../../server/tries/try-api.js";
import { conditionSentence } from "../../workflows/flow/sentence.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { useCatalogue } from "../flow/catalogue.js";
import { titleOfField, useLanguage } from "../flow/describe.js";
import { shown } from "../ui/read.js";
import { useServerWords } from "../ui/words.js";

type WhyNot = NonNullable<Try["whyNot"]>;

/** Why an event does not start the flow, in a sentence. */
export function useWhyNotWords(): (why: WhyNot) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = useServerWords();
  const { catalogue } = useCatalogue();
  const sources = useQuery({ ...queries.sources(), enabled: useMay()("sources:read") }).data?.items ?? [];
  const nameOf = (id: string): string => sources.find((source) => source.id === id)?.name ?? id;
  const readOf = (read: Readonly<Record<string, unknown>>): string =>
    Object.entries(read)
      .map(([path, value]) => {
        const title = titleOfField(path, catalogue.fields, word);
        return `${title} ${value === null ? t("try.missing") : shown(value)}`;
      })
      .join(", ");
  return (why) => {
    if (why.kind === "started") return t(`try.whyNot.started.${why.by}`);
    if (why.kind === "source") return t("try.whyNot.source", { sources: why.sources.map(nameOf).join(", ") });
    if (why.kind === "undecided") return t("try.whyNot.undecided", { message: why.message });
    if (why.kind === "metric") {
      const metrics = why.metrics.map((metric) => t(`metric.${metric}`, { defaultValue: metric })).join(", ");
      return t("try.whyNot.metric", { metrics });
    }
    return t("try.whyNot.condition", { when: conditionSentence(why.when, language), read: readOf(why.read) });
  };
}
