import { z } from "zod";
import { BETWEEN_COLUMNS, NODE_WIDTH } from "../../workflows/flow/drawing/columns.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import type { Point } from "./edit.js";

const placeSchema = z.object({ x: z.number(), y: z.number() });

const NODE_GAP = 40;

/** Left to right, in ranks. dagre comes only when it is asked for. */
export async function tidy(
  flow: Pick<FlowDraft, "nodes" | "edges">,
  heightOf: (id: string) => number,
): Promise<Readonly<Record<string, Point>>> {
  const { Graph, layout } = await import("@dagrejs/dagre");
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", ranksep: BETWEEN_COLUMNS, nodesep: NODE_GAP, marginx: 24, marginy: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of flow.nodes) graph.setNode(id, { width: NODE_WIDTH, height: heightOf(id) });
  for (const { from, to } of flow.edges) graph.setEdge(from, to);
  layout(graph);
  // dagre places centres; the canvas places corners.
  return Object.fromEntries(
    flow.nodes.map(({ id }) => {
      const { x, y } = placeSchema.parse(graph.node(id));
      return [id, { x: x - NODE_WIDTH / 2, y: y - heightOf(id) / 2 }];
    }),
  );
}
