import type { Graph } from "./graph.js";
import type { NodeRecord } from "./node-record.js";
import type { NodeId } from "./parts.js";
import type { FlowNode, PublishedFlow } from "./schema.js";

export interface Closing {
  readonly kind: "cancelled" | "stopped";
  readonly by: string | null;
  readonly at: string;
  readonly outcome: string;
}

/** A run as its facts tell it. */
export interface Folded {
  readonly graph: Graph<FlowNode>;
  readonly flow: PublishedFlow;
  readonly started: boolean;
  /** Nothing is decided any more; what is in flight settles, and what was shown to people is put right. */
  readonly closing: Closing | null;
  /** Set by `finished` or `erased`: nothing is open. */
  readonly outcome: string | null;
  readonly erased: boolean;
  readonly record: (id: NodeId) => NodeRecord;
}
