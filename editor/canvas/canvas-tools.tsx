import { ActionIcon, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconLayoutDistributeVertical,
  IconListTree,
  IconMap2,
  IconMaximize,
  IconMinus,
  IconNote,
  IconPlus,
  IconSearch,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useHistory } from "../flow/store-context.js";
import { useBench, useBenchStore } from "./bench.js";
import { useCommands } from "./commands.js";
import { FITTED } from "./fitted.js";
import { useIsOutlined } from "./use-is-outlined.js";

interface Tool {
  readonly icon: Icon;
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
}

function ToolButton({ icon: Mark, label, onClick, disabled = false, pressed = false }: Tool) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={pressed ? "light" : "subtle"}
        color={pressed ? "petrol" : "gray"}
        size={30}
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onClick}
      >
        <Mark size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

function ZoomButtons() {
  const { t } = useTranslation();
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <>
      <ToolButton icon={IconMinus} label={t("canvas.zoomOut")} onClick={() => void zoomOut()} />
      <ToolButton icon={IconPlus} label={t("canvas.zoomIn")} onClick={() => void zoomIn()} />
      <ToolButton
        icon={IconMaximize}
        label={t("keys.fit")}
        onClick={() => void fitView({ ...FITTED, duration: 200 })}
      />
    </>
  );
}

/** For looking only: a run's canvas. */
export function ZoomTools() {
  const { t } = useTranslation();
  return (
    <div className="lw-canvas-tools" role="toolbar" aria-label={t("canvas.tools")}>
      <ZoomButtons />
    </div>
  );
}

interface Props {
  readonly showMap: boolean;
  readonly onShowMap: (shown: boolean) => void;
}

/** Not drawn again while a step is dragged. */
export const CanvasTools = memo(function CanvasTools({ showMap, onShowMap }: Props) {
  const { t } = useTranslation();
  const { canUndo, canRedo, undo, redo } = useHistory();
  const { tidy, note } = useCommands();
  return (
    <div className="lw-canvas-tools" role="toolbar" aria-label={t("canvas.tools")}>
      <ToolButton icon={IconArrowBackUp} label={t("keys.undo")} disabled={!canUndo} onClick={undo} />
      <ToolButton icon={IconArrowForwardUp} label={t("keys.redo")} disabled={!canRedo} onClick={redo} />
      <ZoomButtons />
      <ToolButton icon={IconLayoutDistributeVertical} label={t("canvas.tidy")} onClick={tidy} />
      <ToolButton icon={IconNote} label={t("drawing.command.note")} onClick={note} />
      <FindTool />
      <ToolButton icon={IconMap2} label={t("canvas.map")} pressed={showMap} onClick={() => onShowMap(!showMap)} />
      <OutlineTool />
    </div>
  );
});

function FindTool() {
  const { t } = useTranslation();
  const bench = useBenchStore();
  const finding = useBench((state) => state.finding);
  const toggle = () => bench.setState({ finding: !finding });
  return <ToolButton icon={IconSearch} label={t("drawing.command.find")} pressed={finding} onClick={toggle} />;
}

/** The flow as a list, beside the canvas or in its place. */
export function OutlineTool() {
  const { t } = useTranslation();
  const bench = useBenchStore();
  const outlined = useIsOutlined();
  const toggle = () => bench.setState({ outline: !outlined });
  return <ToolButton icon={IconListTree} label={t("drawing.command.outline")} pressed={outlined} onClick={toggle} />;
}

/** For whoever may only look at a flow. */
export function LookingTools() {
  const { t } = useTranslation();
  return (
    <div className="lw-canvas-tools" role="toolbar" aria-label={t("canvas.tools")}>
      <ZoomButtons />
      <FindTool />
      <OutlineTool />
    </div>
  );
}
