import type { Edge, FlowDraft } from "../../workflows/flow/schema.js";
import { connectNodes, removeEdge } from "./edit.js";
import { fits } from "./fits.js";
import { outputsOf } from "./outputs.js";

/** Whether a step stands by itself and could stand in a line: nothing leads to it or from it, and a way leads out of it. */
export function isLoose({ nodes, edges }: FlowDraft, id: string): boolean {
  const node = nodes.find((one) => one.id === id);
  if (!node || !fits(node, "edge", { nodes })) return false;
  return edges.every(({ from, to }) => from !== id && to !== id);
}

/** Puts a step that is there between two others: what led to the second now leads to it, and its first output leads on. */
export function putInto(flow: FlowDraft, id: string, edge: Edge): FlowDraft {
  const node = flow.nodes.find((one) => one.id === id);
  const [first] = node ? outputsOf(node) : [];
  if (first === undefined || !isLoose(flow, id)) return flow;
  const entered = connectNodes(removeEdge(flow, edge), { ...edge, to: id });
  return connectNodes(entered, { from: id, output: first, to: edge.to });
}
