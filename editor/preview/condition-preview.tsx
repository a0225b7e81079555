import { IconCheck, IconQuestionMark, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import type { PreviewCondition } from "../../workflows/flow/preview/told.js";
import type { ConditionRow } from "../../workflows/flow/schema.js";
import { usePreviewProblemWords } from "./problem-words.js";
import { usePreview } from "./previewed.js";
import { rowWords } from "./row-words.js";
import "./preview.css";

interface RowProps {
  /** Within the step's form: "when.rows[0]". */
  readonly path: string;
  readonly row: ConditionRow;
  readonly fields: readonly FieldSpec[];
}

/** Under a row: "3 ≤ 6: yes". */
export function RowPreview({ path, row, fields }: RowProps) {
  const { t, i18n } = useTranslation();
  const preview = usePreview();
  const told = preview?.conditions[path];
  if (!told) return null;
  const value = preview.values[row.field];
  const missing = t("try.missing");
  const said = rowWords(row, value, { missing, yes: t("common.yes"), no: t("common.no"), language: i18n.language });
  return <Verdict told={told} fields={fields} saying={(holds) => t("common.labelled", said(holds))} />;
}

interface WholeProps {
  /** Within the step's form: "when", "cases[0].when". */
  readonly path: string;
  readonly fields: readonly FieldSpec[];
}

/** Under a condition that is not one row alone: whether all of it holds. */
export function WholePreview({ path, fields }: WholeProps) {
  const { t } = useTranslation();
  const told = usePreview()?.conditions[path];
  if (!told) return null;
  return <Verdict told={told} fields={fields} saying={(holds) => t(holds ? "preview.holds" : "preview.holdsNot")} />;
}

interface VerdictProps {
  readonly told: PreviewCondition;
  readonly fields: readonly FieldSpec[];
  readonly saying: (holds: boolean) => string;
}

function Verdict({ told: { holds, problem }, fields, saying }: VerdictProps) {
  const wordsOf = usePreviewProblemWords(fields);
  const Mark = holds === null ? IconQuestionMark : holds ? IconCheck : IconX;
  return (
    <div className="lw-preview-verdict" data-holds={String(holds)}>
      <Mark size={14} stroke={2} aria-hidden />
      <span>{holds === null ? problem && wordsOf(problem) : saying(holds)}</span>
    </div>
  );
}
