import "@xyflow/react/dist/base.css";
import "../canvas/canvas.css";
import { Background, BackgroundVariant, ReactFlow } from "@xyflow/react";
import type { NodeChange } from "@xyflow/react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { CardView } from "../canvas/card.js";
import { overlay, sortChanges } from "../canvas/seen.js";
import { toCanvasEdges, toCanvasNodes } from "../canvas/projection.js";
import type { CardNode } from "../canvas/projection.js";
import { WayView } from "../canvas/way.js";
import { useDescribe } from "../flow/describe.js";

const nodeTypes = { card: CardView };
const edgeTypes = { way: WayView };
const FITTED = { maxZoom: 1, padding: 0.06 };
const plain = { problems: {}, unfinished: new Set<string>(), steps: {} };

/** A flow to look at: moved and enlarged by hand, changed by nobody. The list of its steps says the same in words. */
export function FlowPicture({ flow }: { readonly flow: FlowDraft }) {
  const { t } = useTranslation();
  const describe = useDescribe();
  const [seen, setSeen] = useState({});
  const nodes = useMemo(() => toCanvasNodes(flow, { describe, ...plain }), [flow, describe]);
  const edges = useMemo(() => toCanvasEdges(flow, {}, null), [flow]);
  const onNodesChange = (changes: NodeChange<CardNode>[]) => setSeen((before) => sortChanges(changes, before, []).seen);
  return (
    <section className="lw-canvas lw-run-canvas" aria-label={t("templates.picture")}>
      <ReactFlow
        nodes={overlay(nodes, seen, [])}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        deleteKeyCode={null}
        zoomOnScroll={false}
        preventScrolling={false}
        minZoom={0.15}
        maxZoom={1.6}
        fitView
        fitViewOptions={FITTED}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={2} />
      </ReactFlow>
    </section>
  );
}
