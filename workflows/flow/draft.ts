import { executiveCallFlow } from "./demo/executive-call.js";
import { supportCallbackFlow } from "./demo/support-callback.js";
import { nodes } from "./nodes/index.js";
import { SCHEMA_VERSION, type DraftNode, type FlowDraft, type NodeType } from "./schema.js";

export type { DemoConnections } from "./demo/drawn.js";

export const emptyDraft = (): FlowDraft => ({ schemaVersion: SCHEMA_VERSION, retiredIds: [], nodes: [], edges: [] });

interface NewNode {
  readonly id: string;
  readonly title: string;
  readonly x: number;
  readonly y: number;
}

/** A new node as the palette gives it; its form may still be unfinished. */
export function newNode(type: NodeType, { id, title, x, y }: NewNode): DraftNode {
  return { id, type, title, position: { x, y }, config: structuredClone({ ...nodes[type].defaults }) };
}

/** The flows that a newcomer finds, as functions of the connections that they use. */
export const demoFlows = {
  supportCallback: { name: "NPS < 6 → support callback + R&D ticket + CRM note", draft: supportCallbackFlow },
  executiveCall: { name: "Key account, NPS < 6 → ask manager in #cx → executive call", draft: executiveCallFlow },
} as const;
