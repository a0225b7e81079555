import { IconCheck, IconQuestionMark, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { isSameJson } from "../../workflows/flow/canonical-json.js";
import type { FieldSpec } from "../../workflows/flow/catalogue.js";
import type { PreviewCondition } from "../../workflows/flow/preview/told.js";
import type { Condition, ConditionRow } from "../../workflows/flow/schema.js";
import { readPath } from "../../workflows/flow/values.js";
import { usePreviewProblemWords } from "./problem-words.js";
import { usePreview, usePreviewed } from "./previewed.js";
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
  const value = usePreview()?.values[row.field];
  const told = useTold(path, row);
  const missing = t("try.missing");
  const said = rowWords(row, value, { missing, yes: t("common.yes"), no: t("common.no"), language: i18n.language });
  return <Verdict told={told} fields={fields} saying={(holds) => t("common.labelled", said(holds))} />;
}

interface WholeProps {
  /** Within the step's form: "when", "cases[0].when". */
  readonly path: string;
  readonly condition: Condition;
  readonly fields: readonly FieldSpec[];
}

/** Under a condition that is not one row alone: whether all of it holds. */
export function WholePreview({ path, condition, fields }: WholeProps) {
  const { t } = useTranslation();
  const told = useTold(path, condition);
  return <Verdict told={told} fields={fields} saying={(holds) => t(holds ? "preview.holds" : "preview.holdsNot")} />;
}

/** What was found of this very condition; "waiting" where another stood in its place when it was asked. */
function useTold(path: string, condition: Condition | ConditionRow): PreviewCondition | "waiting" | null {
  const previewed = usePreviewed();
  const told = previewed?.preview?.conditions[path];
  if (!told) return null;
  const asked = readPath(previewed.askedConfig ?? {}, path.replaceAll(/\[(\d+)\]/g, ".$1"));
  return isSameJson(asked ?? null, condition) ? told : "waiting";
}

interface VerdictProps {
  readonly told: PreviewCondition | "waiting" | null;
  readonly fields: readonly FieldSpec[];
  readonly saying: (holds: boolean) => string;
}

function Verdict({ told, fields, saying }: VerdictProps) {
  const wordsOf = usePreviewProblemWords(fields);
  if (told === null) return null;
  if (told === "waiting") return <div className="lw-preview-verdict" />;
  const { holds, problem } = told;
  const Mark = holds === null ? IconQuestionMark : holds ? IconCheck : IconX;
  return (
    <div className="lw-preview-verdict" data-holds={String(holds)}>
      <Mark size={14} stroke={2} aria-hidden />
      <span>{holds === null ? problem && wordsOf(problem) : saying(holds)}</span>
    </div>
  );
}
