import "@xyflow/react/dist/base.css";
import "../canvas/canvas.css";
import { Background, BackgroundVariant, Panel, ReactFlow } from "@xyflow/react";
import type { NodeChange } from "@xyflow/react";
import { useMemo, useState } from "react";
import type { Ref } from "react";
import { ZoomTools } from "../canvas/canvas-tools.js";
import { FITTED } from "../canvas/fitted.js";
import { toCanvasEdges, toCanvasNodes } from "../canvas/projection.js";
import type { CardNode } from "../canvas/projection.js";
import { overlay, sortChanges } from "../canvas/seen.js";
import { WayView } from "../canvas/way.js";
import { useDescribe } from "../flow/describe.js";
import { ChangedCard } from "./changed-card.js";
import type { Compared } from "./compared.js";

const nodeTypes = { card: ChangedCard };
const edgeTypes = { way: WayView };
const plain = { problems: {}, unfinished: new Set<string>(), steps: {} };

interface Props {
  readonly compared: Compared;
  readonly selected: string;
  readonly onSelect: (nodeId: string) => void;
  readonly ref: Ref<HTMLDivElement>;
}

/** Two drawn flows in one picture, read-only: added, removed and changed steps and ways are marked. */
export function VersionCanvas({ compared, selected, onSelect, ref }: Props) {
  const describe = useDescribe();
  const [seen, setSeen] = useState({});
  const { nodes, edges } = useMemo(() => {
    const { both, steps, ways } = compared;
    return {
      nodes: toCanvasNodes(both, { describe, ...plain }).map((node) => ({
        ...node,
        data: { ...node.data, change: steps.get(node.id) },
      })),
      edges: toCanvasEdges(both, {}, null).map((edge) => ({
        ...edge,
        className: `lw-changed-way-${ways.get(edge.id) ?? "not"}`,
      })),
    };
  }, [compared, describe]);
  const onNodesChange = (changes: NodeChange<CardNode>[]) => {
    setSeen((before) => sortChanges(changes, before, []).seen);
    const chosen = changes.find((change) => change.type === "select" && change.selected);
    if (chosen?.type === "select") onSelect(chosen.id);
  };
  return (
    <div ref={ref} className="lw-canvas lw-run-canvas">
      <ReactFlow
        nodes={overlay(nodes, seen, [selected])}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onPaneClick={() => onSelect("")}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        minZoom={0.2}
        maxZoom={1.6}
        fitView
        fitViewOptions={FITTED}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={2} />
        <Panel position="bottom-left">
          <ZoomTools />
        </Panel>
      </ReactFlow>
    </div>
  );
}
