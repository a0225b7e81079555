import { readConfig } from "../checks/config.js";
import { drawnFor } from "../fields-offered.js";
import { graphOf, topologicalOrder } from "../graph.js";
import type { NodeId } from "../parts.js";
import { SCHEMA_VERSION, type DraftNode, type FlowDraft, type FlowNode, type PublishedFlow } from "../schema.js";

export interface FlowUpTo {
  /** For a look ahead; it is never stored and never run. */
  readonly flow: PublishedFlow;
  /** Every step on the way is filled in and on. */
  readonly isWhole: boolean;
}

/** A draft as far as a step. What is not filled in yet is left out, so a half-drawn flow is shown as far as it goes. */
export function flowUpTo(draft: FlowDraft, nodeId: NodeId): FlowUpTo {
  const on = drawnFor(draft, nodeId);
  const before = graphOf(on).before(nodeId);
  const drawn = on.nodes.filter(({ id }) => id === nodeId || before.has(id));
  const byId = new Map(drawn.flatMap((node) => readable(node, nodeId)).map((node) => [node.id, node]));
  const drawnEdges = on.edges.filter(({ from, to }) => byId.has(from) && byId.has(to) && from !== nodeId);
  // A circle, which only a draft can hold, is left out too.
  const order = new Set(topologicalOrder({ nodes: [...byId.values()], edges: drawnEdges }));
  const nodes = [...order].flatMap((id) => byId.get(id) ?? []);
  const edges = drawnEdges.filter(({ from, to }) => order.has(from) && order.has(to));
  const flow = { published: true, schemaVersion: SCHEMA_VERSION, nodes, edges, actionSchemas: {} } as const;
  return { flow, isWhole: nodes.length === drawn.length };
}

/** The step itself keeps its place while it cannot be read. */
function readable(node: DraftNode, nodeId: NodeId): FlowNode[] {
  const read = readConfig(node);
  if ("node" in read) return [read.node];
  return node.id === nodeId ? [{ id: nodeId, type: "end", title: "", config: { outcome: "" } }] : [];
}
