import type { DraftNode, FlowDraft } from "../../workflows/flow/schema.js";
import { connectNodes, removeNodes } from "./edit.js";
import { outputsOf } from "./outputs.js";

/** Deletes steps so that the way goes on: where one way led in and one on, by the first way out, its neighbours are joined. */
export function removeKeepingChain(flow: FlowDraft, ids: readonly string[]): FlowDraft {
  const gone = new Set(ids);
  const joined = flow.nodes.filter(({ id }) => gone.has(id)).reduce(joinAround, flow);
  return removeNodes(joined, ids);
}

function joinAround(flow: FlowDraft, node: DraftNode): FlowDraft {
  const [before, ...alsoBefore] = flow.edges.filter(({ to }) => to === node.id);
  const [behind, ...alsoBehind] = flow.edges.filter(({ from }) => from === node.id);
  if (!before || !behind || alsoBefore.length + alsoBehind.length > 0) return flow;
  if (behind.output !== outputsOf(node)[0]) return flow;
  const edges = flow.edges.filter((edge) => edge !== before && edge !== behind);
  return connectNodes({ ...flow, edges }, { ...before, to: behind.to });
}
