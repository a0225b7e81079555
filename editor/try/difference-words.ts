import { useTranslation } from "react-i18next";
import type { TestResult } from "../../server/tries/flow-test-api.js";

type Difference = TestResult["differences"][number];

/** What is not as it was, in a sentence. */
export function useDifferenceWords(): (difference: Difference) => string {
  const { t } = useTranslation();
  return ({ kind, step, field, was, is }) => {
    const named = { step: step ?? "", field: field ?? "", was, is };
    if (kind === "starts") return t(`flowTest.difference.${is === "true" ? "starts" : "startsNot"}`);
    return t(`flowTest.difference.${kind}`, named);
  };
}
