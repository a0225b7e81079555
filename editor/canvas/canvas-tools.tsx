import { ActionIcon, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconLayoutDistributeVertical,
  IconMap2,
  IconMaximize,
  IconMinus,
  IconPlus,
} from "@tabler/icons-react";
import type { Icon } from "@tabler/icons-react";
import { useReactFlow } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import { moveNodes } from "../flow/edit.js";
import { tidy } from "../flow/layout.js";
import { useFlowStore, useHistory } from "../flow/store-context.js";

const USUAL_HEIGHT = 84;
/** Everything in view, never larger than life. */
export const FITTED = { maxZoom: 1, padding: 0.05 };

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

function useTidy() {
  const store = useFlowStore();
  const { getInternalNode, fitView } = useReactFlow();
  return async () => {
    const heightOf = (id: string) => getInternalNode(id)?.measured.height ?? USUAL_HEIGHT;
    const positions = await tidy(store.getState().draft, heightOf);
    store.getState().edit((draft) => moveNodes(draft, positions));
    await fitView({ ...FITTED, duration: 200 });
  };
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
  readonly onToggleMap: () => void;
}

export function CanvasTools({ showMap, onToggleMap }: Props) {
  const { t } = useTranslation();
  const { canUndo, canRedo, undo, redo } = useHistory();
  const tidyUp = useTidy();
  return (
    <div className="lw-canvas-tools" role="toolbar" aria-label={t("canvas.tools")}>
      <ToolButton icon={IconArrowBackUp} label={t("keys.undo")} disabled={!canUndo} onClick={undo} />
      <ToolButton icon={IconArrowForwardUp} label={t("keys.redo")} disabled={!canRedo} onClick={redo} />
      <ZoomButtons />
      <ToolButton icon={IconLayoutDistributeVertical} label={t("canvas.tidy")} onClick={() => void tidyUp()} />
      <ToolButton icon={IconMap2} label={t("canvas.map")} pressed={showMap} onClick={onToggleMap} />
    </div>
  );
}
