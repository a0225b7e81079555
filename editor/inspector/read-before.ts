import type { DraftNode, FlowDraft } from "../../workflows/flow/schema.js";

const isSameNode = (a: DraftNode, b: DraftNode | undefined): boolean =>
  a === b || (a.id === b?.id && a.type === b.type && a.config === b.config && a.disabled === b.disabled);

/** What is said in a step's own form is read by those after it; only what starts a flow says what there is to read. */
const isItself = (nodeId: string, a: DraftNode, b: DraftNode | undefined): boolean =>
  a.id === nodeId && b?.id === nodeId && a.type === b.type && a.type !== "trigger";

/** Whether a step may read the same in both: its own form, names and places do not matter to that. */
export function readsTheSame(nodeId: string, before: FlowDraft, now: FlowDraft): boolean {
  if (before === now) return true;
  if (before.edges !== now.edges || before.nodes.length !== now.nodes.length) return false;
  return before.nodes.every((node, place) => {
    const other = now.nodes[place];
    return isSameNode(node, other) || isItself(nodeId, node, other);
  });
}
