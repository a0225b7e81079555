import "@xyflow/react/dist/base.css";
import "./canvas.css";
import { Background, BackgroundVariant, ReactFlow } from "@xyflow/react";
import type { NodeChange, ReactFlowProps } from "@xyflow/react";
import { useState } from "react";
import { CardView } from "./card.js";
import { FITTED } from "./fitted.js";
import type { CardNode, WayEdge } from "./projection.js";
import { overlay, sortChanges } from "./seen.js";
import { WayView } from "./way.js";

const nodeTypes = { card: CardView };
const edgeTypes = { way: WayView };

interface Props extends Omit<ReactFlowProps<CardNode, WayEdge>, "onSelect"> {
  readonly nodes: CardNode[];
  readonly selected?: string;
  /** "": nothing any more. */
  readonly onSelect?: (nodeId: string) => void;
}

/** A flow to look at: moved, enlarged, and its steps chosen; changed by nobody. */
export function LookingCanvas({ nodes, selected, onSelect, children, ...rest }: Props) {
  const [seen, setSeen] = useState({});
  const onNodesChange = (changes: NodeChange<CardNode>[]) => {
    setSeen((before) => sortChanges(changes, before, []).seen);
    const chosen = changes.find((change) => change.type === "select" && change.selected);
    if (chosen?.type === "select") onSelect?.(chosen.id);
  };
  return (
    <ReactFlow
      nodes={overlay(nodes, seen, selected === undefined ? [] : [selected])}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodesChange={onNodesChange}
      onPaneClick={() => onSelect?.("")}
      nodesDraggable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      deleteKeyCode={null}
      minZoom={0.2}
      maxZoom={1.6}
      fitView
      fitViewOptions={FITTED}
      {...rest}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={2} />
      {children}
    </ReactFlow>
  );
}
