import type { NodeOf, PublishedFlow } from "./schema.js";

export const triggerOf = ({ nodes }: Pick<PublishedFlow, "nodes">): NodeOf<"trigger"> | undefined =>
  nodes.find((node): node is NodeOf<"trigger"> => node.type === "trigger");
