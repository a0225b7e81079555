import { useTranslation } from "react-i18next";
import type { PreviewProblem } from "../../workflows/flow/preview/told.js";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import { titleOfField } from "../flow/describe.js";
import { useProblemWords } from "../flow/problem-words.js";
import { useServerWords } from "../ui/words.js";
import { usePreview } from "./previewed.js";

/** Why nothing can be shown of a field, in words. */
export function usePreviewProblemWords(fields: readonly FieldSpec[]): (problem: PreviewProblem) => string {
  const { t } = useTranslation();
  const word = useServerWords();
  const wordProblem = useProblemWords();
  const isMasked = usePreview()?.isMasked === true;
  return ({ code, path, message }) => {
    if (code !== "missing_field" || path === null) {
      return wordProblem({ nodeId: null, field: null, code, message, params: {} });
    }
    const field = titleOfField(path, fields, word);
    if (/^(steps|values)\./.test(path)) return t("preview.comesLater", { field });
    const isHidden = isMasked && fields.some((one) => one.path === path && one.dataClass === "secret");
    return t(isHidden ? "preview.hidden" : "preview.missing", { field });
  };
}
