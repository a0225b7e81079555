import type { FlowKey } from "./flow-key.js";
import type { PublishedFlow } from "./schema.js";

/** Null: its runs have no order. */
export function flowKeyOf({ nodes }: Pick<PublishedFlow, "nodes">): FlowKey | null {
  for (const node of nodes) if (node.type === "trigger") return node.config.key ?? null;
  return null;
}
