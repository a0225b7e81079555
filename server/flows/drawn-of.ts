import { flowDraftSchema, readPublishedFlow, SCHEMA_VERSION, type FlowDraft } from "../../workflows/flow/schema.js";
import type { DrawnVersion } from "./version-store.js";

const NOWHERE = { x: 0, y: 0 };

/** A version as it was drawn; of one published before drafts were kept, what runs, where its steps stood. */
export function drawnOf({ drawn, document, layout }: Pick<DrawnVersion, "drawn" | "document" | "layout">): FlowDraft {
  if (drawn !== null) return flowDraftSchema.parse(drawn);
  const { nodes, edges } = readPublishedFlow(document);
  return {
    schemaVersion: SCHEMA_VERSION,
    retiredIds: [],
    nodes: nodes.map((node) => ({ ...node, position: layout[node.id] ?? NOWHERE })),
    edges: [...edges],
  };
}
