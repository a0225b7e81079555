import "@xyflow/react/dist/base.css";
import "./canvas.css";
import { Background, BackgroundVariant, MiniMap, Panel, ReactFlow, useReactFlow } from "@xyflow/react";
import type { Connection, EdgeChange, FinalConnectionState, OnDelete } from "@xyflow/react";
import { useCallback, useMemo, useState } from "react";
import type { DragEvent } from "react";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import type { StepView } from "../../server/runs/run-api.js";
import type { DraftNode, Edge } from "../../workflows/flow/schema.js";
import { connectNodes, refuseEdge, removeEdge, removeNodes } from "../flow/edit.js";
import { useDescribe } from "../flow/describe.js";
import { isAwaited } from "../flow/left-fields.js";
import { useProblemWords } from "../flow/problem-words.js";
import { useFlow, useFlowStore } from "../flow/store-context.js";
import { DRAGGED, findItem, usePaletteItems } from "../palette/items.js";
import { useAdding } from "../palette/adding.js";
import { QuickAdd } from "../palette/quick-add.js";
import type { QuickAddAt } from "../palette/quick-add.js";
import { CardView } from "./card.js";
import { useCanvasNodes } from "./canvas-nodes.js";
import { CanvasTools, FITTED, ZoomTools } from "./canvas-tools.js";
import { KeepInView } from "./keep-in-view.js";
import { toCanvasEdges, toCanvasNodes } from "./projection.js";
import type { CardNode, WayEdge } from "./projection.js";
import { WayView } from "./way.js";

const nodeTypes = { card: CardView };
const edgeTypes = { way: WayView };
type Steps = Readonly<Record<string, StepView>>;
const deleteKeys = ["Delete", "Backspace"];

const edgeOf = (connection: Connection | WayEdge): Edge => ({
  from: connection.source,
  output: connection.sourceHandle ?? "next",
  to: connection.target,
});

function groupByNode(problems: readonly FlowProblem[]): ReadonlyMap<string, readonly FlowProblem[]> {
  const byNode = new Map<string, FlowProblem[]>();
  for (const problem of problems) {
    const { nodeId } = problem;
    if (nodeId !== null) byNode.set(nodeId, [...(byNode.get(nodeId) ?? []), problem]);
  }
  return byNode;
}

/** What each card says is wrong or missing, and the cards that only wait to be filled in. */
function useCardProblems(problems: readonly FlowProblem[], nodes: readonly DraftNode[]) {
  const seen = useFlow((state) => state.seen);
  const word = useProblemWords();
  return useMemo(() => {
    const byNode = [...groupByNode(problems)];
    const isUnfinished = ([id, own]: readonly [string, readonly FlowProblem[]]) => {
      const node = nodes.find((one) => one.id === id);
      return own.every((problem) => isAwaited(problem, node, seen));
    };
    return {
      problems: Object.fromEntries(byNode.map(([id, own]) => [id, own.map(word)])),
      unfinished: new Set(byNode.filter(isUnfinished).map(([id]) => id)),
    };
  }, [problems, nodes, seen, word]);
}

function useProjection({ problems, steps }: Props, onInsert: ((edge: Edge) => void) | null) {
  const store = useFlowStore();
  const draft = useFlow((state) => state.draft);
  const selected = useFlow((state) => state.selected);
  const describe = useDescribe();
  const [selectedEdges, setSelectedEdges] = useState<readonly string[]>([]);
  const onEdgesChange = useCallback(
    (changes: EdgeChange<WayEdge>[]) => setSelectedEdges((before) => selectedAfter(changes, before)),
    [],
  );
  const told = useCardProblems(problems, draft.nodes);
  const projected = useMemo(() => toCanvasNodes(draft, { describe, ...told, steps }), [draft, describe, told, steps]);
  const ways = useMemo(() => toCanvasEdges(draft, steps, onInsert), [draft, steps, onInsert]);
  const edges = ways.map((edge) => ({ ...edge, selected: selectedEdges.includes(edge.id) }));
  return { ...useCanvasNodes(projected, store, selected), edges, onEdgesChange };
}

function selectedAfter(changes: readonly EdgeChange<WayEdge>[], before: readonly string[]): readonly string[] {
  const chosen = new Set(before);
  for (const change of changes) {
    if (change.type !== "select") continue;
    if (change.selected) chosen.add(change.id);
    else chosen.delete(change.id);
  }
  return [...chosen];
}

/** Gestures that change the document. */
function useGestures(offer: (at: QuickAddAt) => void) {
  const store = useFlowStore();
  const { screenToFlowPosition } = useReactFlow();
  const { edit } = store.getState();
  const isValidConnection = (connection: Connection | WayEdge) =>
    refuseEdge(store.getState().draft, edgeOf(connection)) === null;
  const onConnect = (connection: Connection) => edit((draft) => connectNodes(draft, edgeOf(connection)));
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
  const onConnectEnd = (event: MouseEvent | TouchEvent, { isValid, toNode, fromHandle }: FinalConnectionState) => {
    if (isValid === true || toNode || fromHandle?.type !== "source") return;
    const { clientX: x, clientY: y } = pointOf(event);
    offer({
      kind: "output",
      from: fromHandle.nodeId,
      output: fromHandle.id ?? "next",
      at: screenToFlowPosition({ x, y }),
    });
  };
  return { isValidConnection, onConnect, onDelete, onConnectEnd };
}

const NOWHERE = { clientX: 0, clientY: 0 };
const pointOf = (event: MouseEvent | TouchEvent) =>
  "changedTouches" in event ? (event.changedTouches[0] ?? NOWHERE) : event;

interface Props {
  readonly problems: readonly FlowProblem[];
  /** Of a try: the steps that it went through. */
  readonly steps: Steps;
  readonly mayEdit: boolean;
}

/** The document as a canvas: every gesture becomes one pure edit. */
export function EditorCanvas(props: Props) {
  const { mayEdit } = props;
  const { t } = useTranslation();
  const [quickAdd, setQuickAdd] = useState<QuickAddAt | null>(null);
  const [showMap, setShowMap] = useState(false);
  const insertAt = useCallback((edge: Edge) => setQuickAdd({ kind: "edge", edge }), []);
  const { nodes, edges, onNodesChange, onEdgesChange } = useProjection(props, mayEdit ? insertAt : null);
  const gestures = useGestures(setQuickAdd);
  const drop = useDrop();
  return (
    <div className="lw-canvas" {...(mayEdit && { onDrop: drop })} onDragOver={(event) => event.preventDefault()}>
      <ReactFlow<CardNode, WayEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        {...gestures}
        nodesDraggable={mayEdit}
        nodesConnectable={mayEdit}
        deleteKeyCode={mayEdit ? deleteKeys : null}
        connectionRadius={28}
        snapToGrid
        snapGrid={[8, 8]}
        minZoom={0.2}
        maxZoom={1.6}
        fitView
        fitViewOptions={FITTED}
        ariaLabelConfig={{ "node.a11yDescription.default": t("canvas.nodeHelp") }}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={2} />
        {nodes.length <= 1 && (
          <Panel position="top-center">
            <p className="lw-canvas-hint">{t(nodes.length === 0 ? "canvas.beginWithTrigger" : "canvas.goOn")}</p>
          </Panel>
        )}
        {showMap && <MiniMap pannable zoomable />}
        <Panel position="bottom-left">
          {mayEdit ? <CanvasTools showMap={showMap} onToggleMap={() => setShowMap(!showMap)} /> : <ZoomTools />}
        </Panel>
      </ReactFlow>
      <KeepInView />
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
