import { nodes } from "../../workflows/flow/nodes/index.js";
import type { DraftNode } from "../../workflows/flow/schema.js";

/** Drawn only when it is used or pointed at: most actions never fail for good. */
export const FAILURE = "failure";

export const outputsOf = ({ type, config }: Pick<DraftNode, "type" | "config">): readonly string[] =>
  nodes[type].outputs(config).map(({ name }) => name);
