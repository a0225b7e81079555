import { ScrollArea, VisuallyHidden } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import type { StepView } from "../../server/runs/run-api.js";
import { OutlineHead } from "./outline-head.js";
import { OutlineRow } from "./outline-row.js";
import { useOutline } from "./use-outline.js";
import type { Outlined } from "./use-outline.js";
import "./outline.css";

interface Props {
  readonly problems: readonly FlowProblem[];
  /** Of a try: the steps that it went through. */
  readonly steps: Readonly<Record<string, StepView>>;
  readonly mayEdit: boolean;
}

/** The flow as an indented list: the same document, every edit of it by keys alone. */
export function Outline({ problems, steps, mayEdit }: Props) {
  const { t } = useTranslation();
  const outline = useOutline(problems, mayEdit);
  const helpId = useId();
  return (
    <section className="lw-outline" aria-label={t("drawing.outline.title")}>
      <OutlineHead mayEdit={mayEdit} />
      <VisuallyHidden id={helpId}>{t("drawing.outline.help")}</VisuallyHidden>
      <ScrollArea flex={1} scrollbarSize={8} type="hover">
        {outline.rows.length === 0 ? (
          <p className="lw-palette-none">{t("drawing.outline.empty")}</p>
        ) : (
          <Tree outline={outline} steps={steps} helpId={helpId} />
        )}
      </ScrollArea>
    </section>
  );
}

interface TreeProps extends Pick<Props, "steps"> {
  readonly outline: Outlined;
  readonly helpId: string;
}

function Tree({ outline, steps, helpId }: TreeProps) {
  const { t } = useTranslation();
  const { rows, current, isSelected, frame, onKeyDown, press } = outline;
  return (
    <div
      ref={frame}
      role="tree"
      aria-label={t("drawing.outline.title")}
      aria-describedby={helpId}
      aria-multiselectable
      onKeyDown={onKeyDown}
    >
      {rows.map((row) => (
        <OutlineRow
          key={row.key}
          row={row}
          step={row.kind === "step" ? steps[row.nodeId] : undefined}
          isCurrent={row.key === current?.key}
          isSelected={isSelected(row)}
          onPress={press}
        />
      ))}
    </div>
  );
}
