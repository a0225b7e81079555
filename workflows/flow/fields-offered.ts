import type { Catalogue, FieldSpec } from "./catalogue.js";
import { fieldsAt } from "./field-flow.js";
import type { NodeId } from "./parts.js";
import type { FlowDraft } from "./schema.js";
import { switchedOn } from "./switched-off.js";

/** The draft as it runs, and this step in it: of one that is switched off, as if it alone were on. */
export function drawnFor(draft: FlowDraft, nodeId: NodeId): FlowDraft {
  const isOff = draft.nodes.some(({ id, disabled }) => id === nodeId && disabled === true);
  if (!isOff) return switchedOn(draft).draft;
  const nodes = draft.nodes.map((node) => (node.id === nodeId ? { ...node, disabled: undefined } : node));
  return switchedOn({ ...draft, nodes }).draft;
}

/** What a step may be written with: nothing of steps that are switched off, which give nothing. */
export const fieldsOffered = (draft: FlowDraft, nodeId: NodeId, catalogue: Catalogue): readonly FieldSpec[] =>
  fieldsAt(drawnFor(draft, nodeId), nodeId, catalogue);
