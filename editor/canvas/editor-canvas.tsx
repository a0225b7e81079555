import "@xyflow/react/dist/base.css";
import "./canvas.css";
import { Background, BackgroundVariant, MiniMap, Panel, ReactFlow, useReactFlow } from "@xyflow/react";
import type { Connection, FinalConnectionState, OnDelete } from "@xyflow/react";
import { useMemo, useState } from "react";
import type { DragEvent } from "react";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import type { Edge } from "../../workflows/flow/schema.js";
import { connectNodes, refuseEdge, removeEdge, removeNodes } from "../flow/edit.js";
import { useDescribe } from "../flow/describe.js";
import { useFlow, useFlowStore } from "../flow/store-context.js";
import { DRAGGED, findItem, usePaletteItems } from "../palette/items.js";
import { useAdding } from "../palette/adding.js";
import { QuickAdd } from "../palette/quick-add.js";
import type { QuickAddAt } from "../palette/quick-add.js";
import { CardView } from "./card.js";
import { useCanvasNodes } from "./canvas-nodes.js";
import { CanvasTools } from "./canvas-tools.js";
import { toCanvasEdges, toCanvasNodes } from "./projection.js";
import type { CardNode, WayEdge } from "./projection.js";
import { WayView } from "./way.js";

const nodeTypes = { card: CardView };
const edgeTypes = { way: WayView };
const noSteps = {};

const edgeOf = (connection: Connection | WayEdge): Edge => ({
  from: connection.source,
  output: connection.sourceHandle ?? "next",
  to: connection.target,
});

function messagesByNode(problems: readonly FlowProblem[]): Readonly<Record<string, readonly string[]>> {
  const byNode: Record<string, string[]> = {};
  for (const { nodeId, message } of problems) if (nodeId !== null) (byNode[nodeId] ??= []).push(message);
  return byNode;
}

function useProjection(problems: readonly FlowProblem[], onInsert: (edge: Edge) => void) {
  const store = useFlowStore();
  const draft = useFlow((state) => state.draft);
  const selected = useFlow((state) => state.selected);
  const describe = useDescribe();
  const [selectedEdges, setSelectedEdges] = useState<readonly string[]>([]);
  const projected = useMemo(
    () => toCanvasNodes(draft, { describe, problems: messagesByNode(problems), steps: noSteps }),
    [draft, describe, problems],
  );
  const ways = useMemo(() => toCanvasEdges(draft, noSteps, onInsert), [draft, onInsert]);
  const edges = ways.map((edge) => ({ ...edge, selected: selectedEdges.includes(edge.id) }));
  return { ...useCanvasNodes(projected, store, selected), edges, setSelectedEdges };
}

/** The document as a canvas: every gesture becomes one pure edit. */
export function EditorCanvas({ problems }: { readonly problems: readonly FlowProblem[] }) {
  const { t } = useTranslation();
  const store = useFlowStore();
  const { screenToFlowPosition } = useReactFlow();
  const [quickAdd, setQuickAdd] = useState<QuickAddAt | null>(null);
  const [showMap, setShowMap] = useState(false);
  const [insertAt] = useState(() => (edge: Edge) => setQuickAdd({ kind: "edge", edge }));
  const { nodes, edges, onNodesChange, setSelectedEdges } = useProjection(problems, insertAt);
  const drop = useDrop();
  const { edit } = store.getState();

  const isValid = (connection: Connection | WayEdge) => refuseEdge(store.getState().draft, edgeOf(connection)) === null;
  const onDelete: OnDelete<CardNode, WayEdge> = (gone) =>
    edit(
      (draft) =>
        removeNodes(
          gone.edges.reduce((rest, edge) => removeEdge(rest, edgeOf(edge)), draft),
          gone.nodes.map(({ id }) => id),
        ),
      { select: [] },
    );
  /** Let go over nothing: offer what could stand there. */
  const onConnectEnd = (event: MouseEvent | TouchEvent, { isValid: landed, toNode, fromHandle }: FinalConnectionState) => {
    if (landed === true || toNode || fromHandle?.type !== "source") return;
    const { clientX: x, clientY: y } = "changedTouches" in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
    const at = screenToFlowPosition({ x, y });
    setQuickAdd({ kind: "output", from: fromHandle.nodeId, output: fromHandle.id ?? "next", at });
  };
  return (
    <div className="lw-canvas" onDrop={drop} onDragOver={(event) => event.preventDefault()}>
      <ReactFlow<CardNode, WayEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onSelectionChange={({ edges: chosen }) => setSelectedEdges(chosen.map(({ id }) => id))}
        onConnect={(connection) => edit((draft) => connectNodes(draft, edgeOf(connection)))}
        onConnectEnd={onConnectEnd}
        isValidConnection={isValid}
        onDelete={onDelete}
        deleteKeyCode={["Delete", "Backspace"]}
        connectionRadius={28}
        snapToGrid
        snapGrid={[8, 8]}
        minZoom={0.2}
        maxZoom={1.6}
        fitView
        fitViewOptions={{ maxZoom: 1, padding: 0.16 }}
        ariaLabelConfig={{ "node.a11yDescription.default": t("canvas.nodeHelp") }}
      >
        <Background variant={BackgroundVariant.Dots} gap={16} size={1.2} />
        {showMap && <MiniMap pannable zoomable />}
        <Panel position="bottom-left">
          <CanvasTools showMap={showMap} onToggleMap={() => setShowMap(!showMap)} />
        </Panel>
      </ReactFlow>
      {quickAdd && <QuickAdd at={quickAdd} onClose={() => setQuickAdd(null)} />}
    </div>
  );
}

function useDrop() {
  const { screenToFlowPosition } = useReactFlow();
  const items = usePaletteItems();
  const { addAt } = useAdding();
  return (event: DragEvent) => {
    const item = findItem(items, event.dataTransfer.getData(DRAGGED));
    if (!item) return;
    event.preventDefault();
    addAt(item, screenToFlowPosition({ x: event.clientX - 40, y: event.clientY - 20 }));
  };
}
