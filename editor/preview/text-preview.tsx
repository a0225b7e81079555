import { useTranslation } from "react-i18next";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import { usePreviewProblemWords } from "./problem-words.js";
import { usePreview } from "./previewed.js";
import "./preview.css";

interface Props {
  readonly id: string;
  /** Of the text, within the step's form: "input.summary". */
  readonly path: string;
  readonly fields: readonly FieldSpec[];
}

/** Under a text: what it becomes on the chosen event. */
export function TextPreview({ id, path, fields }: Props) {
  const { t } = useTranslation();
  const wordsOf = usePreviewProblemWords(fields);
  const told = usePreview()?.texts[path];
  if (!told) return null;
  const { text, isExample, problem } = told;
  return (
    <div id={id} className="lw-preview-text" data-problem={problem !== null}>
      {problem ? wordsOf(problem) : text.trim() === "" ? t("preview.blank") : text}
      {isExample && <span className="lw-preview-note"> {t("preview.example")}</span>}
    </div>
  );
}
