import "@xyflow/react/dist/base.css";
import "./canvas.css";
import { Background, BackgroundVariant, Panel, ReactFlow } from "@xyflow/react";
import type { NodeChange } from "@xyflow/react";
import { useMemo, useState } from "react";
import type { RunDetail, StepView } from "../../server/runs/run-api.js";
import { useDescribe } from "../flow/describe.js";
import { heldOf } from "../runs/held.js";
import { sentConfig } from "../runs/sent-config.js";
import { CardView } from "./card.js";
import { ZoomTools } from "./canvas-tools.js";
import { FITTED } from "./fitted.js";
import { overlay, sortChanges } from "./seen.js";
import { toCanvasEdges, toCanvasNodes } from "./projection.js";
import type { CardNode } from "./projection.js";
import { WayView } from "./way.js";

const nodeTypes = { card: CardView };
const edgeTypes = { way: WayView };
const noProblems = { problems: {}, unfinished: new Set<string>() };

interface Props {
  readonly run: RunDetail;
  readonly selected: string;
  readonly onSelect: (nodeId: string) => void;
}

/** The flow as this run went through it: read-only, each step with its state, the taken way strong. */
export function RunCanvas({ run, selected, onSelect }: Props) {
  const describe = useDescribe();
  const [seen, setSeen] = useState({});
  const { nodes, edges } = useMemo(() => {
    const steps = Object.fromEntries(run.steps.map((step) => [step.nodeId, shown(step, run)]));
    const sent = new Map(run.nodes.map((node) => [node.id, sentConfig(run, node)]));
    return {
      nodes: toCanvasNodes(run, { describe: (node) => describe(node, sent.get(node.id)), ...noProblems, steps }),
      edges: toCanvasEdges(run, steps, null),
    };
  }, [run, describe]);
  const onNodesChange = (changes: NodeChange<CardNode>[]) => {
    setSeen((before) => sortChanges(changes, before, []).seen);
    const chosen = changes.find((change) => change.type === "select" && change.selected);
    if (chosen?.type === "select") onSelect(chosen.id);
  };
  return (
    <div className="lw-canvas lw-run-canvas">
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

const shown = (step: StepView, run: RunDetail): StepView => (heldOf(run, step) ? { ...step, state: "waiting" } : step);
