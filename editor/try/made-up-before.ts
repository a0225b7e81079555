import { useTranslation } from "react-i18next";
import type { TryEffect } from "../../server/tries/try-api.js";
import { useFlow } from "../flow/store-context.js";

/** In sentences, what a step stands on that only a try took for granted; null where there is nothing of it. */
export function useMadeUpBefore({ examples, approvals }: Pick<TryEffect, "examples" | "approvals">) {
  const { t, i18n } = useTranslation();
  const nodes = useFlow(({ draft }) => draft.nodes);
  const named = (ids: readonly string[]): string => {
    const names = ids.map((id) => t("realStep.named", { name: nodes.find((node) => node.id === id)?.title || id }));
    return new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(names);
  };
  return {
    readsExample: examples.length > 0 ? t("realStep.readsExample", { steps: named(examples) }) : null,
    takenApproved: approvals.length > 0 ? t("realStep.takenApproved", { steps: named(approvals) }) : null,
  };
}
