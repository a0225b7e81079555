import { canonicalJson } from "../../workflows/flow/canonical-json.js";
import type { DraftNode, FlowDraft } from "../../workflows/flow/schema.js";
import { freshId } from "./edit.js";
import { withoutStrangers } from "./groups.js";

/**
 * The drawn flow in place of this one. A step that is still there keeps its id and its comment; what is gone is retired; where no
 * step came or went, all stay where their author put them. Notes stay, and groups with the steps that are left of them.
 */
export function redraw(flow: FlowDraft, drawn: FlowDraft): FlowDraft {
  const kept = keptSteps(flow, drawn);
  const names = new Map<string, string>();
  let taken: FlowDraft = flow;
  for (const { id } of drawn.nodes) {
    const name = kept.get(id)?.id ?? freshId(taken, id.replace(/\d+$/, ""));
    if (!kept.has(id)) taken = { ...taken, retiredIds: [...taken.retiredIds, name] };
    names.set(id, name);
  }
  const nameOf = (id: string) => names.get(id) ?? id;
  const isSameShape = kept.size === drawn.nodes.length && kept.size === flow.nodes.length;
  const left = new Set(names.values());
  return withoutStrangers({
    ...flow,
    retiredIds: [...flow.retiredIds, ...flow.nodes.map(({ id }) => id).filter((id) => !left.has(id))],
    nodes: drawn.nodes.map((node) => ({
      ...node,
      id: nameOf(node.id),
      position: (isSameShape && kept.get(node.id)?.position) || node.position,
      ...commentOf(kept.get(node.id)),
    })),
    edges: drawn.edges.map(({ from, output, to }) => ({ from: nameOf(from), output, to: nameOf(to) })),
  });
}

const commentOf = (node: DraftNode | undefined) => (node?.comment === undefined ? {} : { comment: node.comment });

/** By drawn id: first those that are just the same, then those of the same kind, each in their order. */
function keptSteps(flow: FlowDraft, drawn: FlowDraft): ReadonlyMap<string, DraftNode> {
  const kept = new Map<string, DraftNode>();
  const used = new Set<string>();
  for (const likeness of [exactly, kindOf]) {
    for (const node of drawn.nodes) {
      if (kept.has(node.id)) continue;
      const before = flow.nodes.find((one) => !used.has(one.id) && likeness(one) === likeness(node));
      if (!before) continue;
      kept.set(node.id, before);
      used.add(before.id);
    }
  }
  return kept;
}

const exactly = ({ type, title, config }: DraftNode): string => canonicalJson([type, title, config]);
const kindOf = ({ type, config }: DraftNode): string => canonicalJson([type, config["action"]]);
