import "@xyflow/react/dist/base.css";
import "./canvas.css";
import "./notes.css";
import { Background, BackgroundVariant, MiniMap, Panel, ReactFlow } from "@xyflow/react";
import { memo, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import type { StepView } from "../../server/runs/run-api.js";
import type { Edge } from "../../workflows/flow/schema.js";
import { Aim } from "./aim.js";
import { useBenchStore } from "./bench.js";
import { CanvasTools, LookingTools } from "./canvas-tools.js";
import { CardView } from "./card.js";
import { useDrop } from "./drop.js";
import { FITTED } from "./fitted.js";
import { FoldedView, FrameView } from "./frame-view.js";
import type { BenchNode } from "./frames.js";
import { useGestures } from "./gestures.js";
import { Guides } from "./guides.js";
import { InsertLayerProvider, useInsertLayerOfCanvas } from "./insert-layer.js";
import { KeepInView } from "./keep-in-view.js";
import { NoteView } from "./note-view.js";
import type { WayEdge } from "./projection.js";
import { usePresses } from "./presses.js";
import { usePutIn } from "./put-in.js";
import { useProjection } from "./use-projection.js";
import { WayView } from "./way.js";

const nodeTypes = { card: CardView, note: NoteView, frame: FrameView, folded: FoldedView };
const edgeTypes = { way: WayView };
const GRID: [number, number] = [8, 8];

interface Props {
  readonly problems: readonly FlowProblem[];
  /** Of a try: the steps that it went through. */
  readonly steps: Readonly<Record<string, StepView>>;
  readonly mayEdit: boolean;
}

/** The document as a canvas: every gesture becomes one pure edit. */
export const EditorCanvas = memo(function EditorCanvas(props: Props) {
  const { mayEdit } = props;
  const { t } = useTranslation();
  const bench = useBenchStore();
  const [showMap, setShowMap] = useState(false);
  const insertAt = useCallback((edge: Edge) => bench.setState({ adding: { kind: "edge", edge } }), [bench]);
  const { nodes, edges, guides, ...changes } = useProjection(props, mayEdit ? insertAt : null);
  const gestures = useGestures();
  const presses = { ...usePresses(), ...usePutIn() };
  const drop = useDrop();
  const layer = useInsertLayerOfCanvas();
  const labels = useMemo(() => ({ "node.a11yDescription.default": t("canvas.nodeHelp") }), [t]);
  return (
    <div className="lw-canvas" {...(mayEdit && drop)}>
      <InsertLayerProvider value={layer}>
        <ReactFlow<BenchNode, WayEdge>
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          {...changes}
          {...gestures}
          {...(mayEdit && presses)}
          nodesDraggable={mayEdit}
          nodesConnectable={mayEdit}
          deleteKeyCode={null}
          elevateNodesOnSelect={false}
          connectionRadius={28}
          snapToGrid
          snapGrid={GRID}
          minZoom={0.2}
          maxZoom={1.6}
          fitView
          fitViewOptions={FITTED}
          ariaLabelConfig={labels}
        >
          <Background variant={BackgroundVariant.Dots} gap={24} size={2} />
          {mayEdit && <Aim />}
          {nodes.length <= 1 && <Hint isEmpty={nodes.length === 0} />}
          {showMap && <MiniMap pannable zoomable />}
          <Guides guides={guides} />
          <Panel position="bottom-left">
            {mayEdit ? <CanvasTools showMap={showMap} onShowMap={setShowMap} /> : <LookingTools />}
          </Panel>
        </ReactFlow>
      </InsertLayerProvider>
      <KeepInView />
    </div>
  );
});

function Hint({ isEmpty }: { readonly isEmpty: boolean }) {
  const { t } = useTranslation();
  return (
    <Panel position="top-center">
      <p className="lw-canvas-hint">{t(isEmpty ? "canvas.beginWithTrigger" : "canvas.goOn")}</p>
    </Panel>
  );
}
