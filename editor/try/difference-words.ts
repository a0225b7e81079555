import { useTranslation } from "react-i18next";
import type { TestResult } from "../../server/tries/flow-test-api.js";
import type { DraftNode } from "../../workflows/flow/schema.js";
import { outputTitle } from "../../workflows/flow/sentence.js";
import { useDescribe, useLanguage } from "../flow/describe.js";
import { useFieldTitle } from "../flow/field-title.js";
import { useFlow } from "../flow/store-context.js";

type Difference = TestResult["differences"][number];

/** What is not as it was, in a sentence. */
export function useDifferenceWords(): (difference: Difference) => string {
  const { t } = useTranslation();
  const name = useNames();
  return (difference) => {
    const { kind, is } = difference;
    const named = name(difference);
    if (kind === "starts") return t(`flowTest.difference.${is === "true" ? "starts" : "startsNot"}`);
    return t(`flowTest.difference.${kind}`, named);
  };
}

type Named = Readonly<Record<"step" | "field" | "was" | "is", string>>;

/** What the draft at hand calls steps, fields and ways out; what it does not know keeps the name that it was stored by. */
function useNames(): (difference: Difference) => Named {
  const { t } = useTranslation();
  const language = useLanguage();
  const titleOf = useFieldTitle();
  const calls = (node: DraftNode | undefined, field: string): string => {
    if (field === "action") return t("versions.field.action");
    return (node && titleOf(node, `input.${field}`)) ?? field;
  };
  const describe = useDescribe();
  const nodes = useFlow(({ draft }) => draft.nodes);
  return ({ kind, step, field, was, is }) => {
    const node = nodes.find(({ id, title }) => (title || id) === step);
    const say = (text: string): string => {
      if (text === "") return t(kind === "way" ? "flowTest.noWay" : "flowTest.nothing");
      return kind === "way" && node ? outputTitle(node, text, language) : text;
    };
    return {
      step: node ? describe(node).title : (step ?? ""),
      field: calls(node, field ?? ""),
      was: say(was),
      is: say(is),
    };
  };
}
