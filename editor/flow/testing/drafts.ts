import { emptyDraft, newNode } from "../../../workflows/flow/draft.js";
import type { DraftNode, Edge, FlowDraft, NodeType } from "../../../workflows/flow/schema.js";

export const aNode = (id: string, type: NodeType = "action", part: Partial<DraftNode> = {}): DraftNode => ({
  ...newNode(type, { id, title: id, x: 0, y: 0 }),
  ...part,
});

export const anEdge = (from: string, to: string, output = "next"): Edge => ({ from, output, to });

/** when → if → (yes) ticket → note */
export const aFlow = (part: Partial<FlowDraft> = {}): FlowDraft => ({
  ...emptyDraft(),
  nodes: [aNode("when", "trigger"), aNode("if", "condition"), aNode("ticket"), aNode("note")],
  edges: [anEdge("when", "if"), anEdge("if", "ticket", "yes"), anEdge("ticket", "note")],
  ...part,
});
