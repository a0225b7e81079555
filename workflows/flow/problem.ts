import type { ConditionRow, NodeId } from "./parts.js";

/** Why a flow cannot be published (or, as a warning, what its author may not have meant), in words; `code` and `params` translate. */
export interface Problem {
  readonly nodeId: NodeId | null;
  /** Path within the node's config, or null when it is about the node or the flow. */
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** A row that says what was probably meant. */
  readonly offer?: ConditionRow;
}

export const problem = (
  nodeId: NodeId | null,
  field: string | null,
  code: string,
  { message, params = {} }: { message: string; params?: Problem["params"] | undefined },
): Problem => ({ nodeId, field, code, message, params });
