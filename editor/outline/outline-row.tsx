import {
  IconAlertTriangleFilled,
  IconCornerDownRight,
  IconMessageDots,
  IconPencil,
  IconPlus,
} from "@tabler/icons-react";
import { memo } from "react";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import type { StepView } from "../../server/runs/run-api.js";
import { StateMark } from "../ui/state-mark.js";
import { SystemMark } from "../ui/system-mark.js";
import type { SaidRow } from "./use-rows.js";

interface Props {
  readonly row: SaidRow;
  /** Of a try, what became of it. */
  readonly step: StepView | undefined;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  readonly onPress: (row: SaidRow, event: MouseEvent) => void;
}

const EDGE = 8;
const INDENT = 18;
/** What follows in a branch stands a little in from the word that names it. */
const BELOW = 14;

export const OutlineRow = memo(function OutlineRow({ row, step, isCurrent, isSelected, onPress }: Props) {
  return (
    <div
      id={`lw-row-${row.key}`}
      className="lw-row"
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.size}
      aria-selected={isSelected}
      tabIndex={isCurrent ? 0 : -1}
      data-key={row.key}
      data-kind={row.kind}
      data-off={row.kind === "step" && row.isOff}
      style={{ paddingInlineStart: EDGE + (row.level - 1) * INDENT + (row.level > 1 && row.way === null ? BELOW : 0) }}
      onClick={(event) => onPress(row, event)}
    >
      {row.way !== null && <span className="lw-row-way">{row.way}</span>}
      <RowWords row={row} step={step} />
    </div>
  );
});

function RowWords({ row, step }: Pick<Props, "row" | "step">) {
  const { t } = useTranslation();
  if (row.kind === "open") {
    return (
      <span className="lw-row-open">
        <IconPlus size={14} aria-hidden /> {t("drawing.outline.open")}
      </span>
    );
  }
  if (row.kind === "refer") {
    return (
      <span className="lw-row-open">
        <IconCornerDownRight size={14} aria-hidden /> {t("drawing.outline.referTo", { title: row.title })}
      </span>
    );
  }
  return (
    <>
      <SystemMark kind={row.mark} size={20} />
      <span className="lw-row-words">
        <span className="lw-row-title">{row.title}</span>
        {row.sentence !== row.title && <span className="lw-row-sentence"> {row.sentence}</span>}
      </span>
      {step && <StateMark state={step.state} plain />}
      <RowMarks row={row} />
    </>
  );
}

function RowMarks({ row: { isOff, comment, problems, isUnfinished } }: { readonly row: SaidRow }) {
  const { t } = useTranslation();
  const Mark = isUnfinished ? IconPencil : IconAlertTriangleFilled;
  return (
    <>
      {comment !== null && (
        <span className="lw-node-comment" role="img" aria-label={t("drawing.commented", { comment })}>
          <IconMessageDots size={15} stroke={1.8} />
        </span>
      )}
      {isOff && <span className="lw-node-off">{t("drawing.off")}</span>}
      {problems > 0 && (
        <span
          className="lw-node-problems"
          data-unfinished={isUnfinished}
          role="img"
          aria-label={t(isUnfinished ? "canvas.toFillIn" : "canvas.problems", { count: problems })}
        >
          <Mark size={13} />
          {problems}
        </span>
      )}
    </>
  );
}
