import type { Stuck } from "./commands.js";
import type { AskedApproval } from "./node-type.js";
import { nodes } from "./nodes/index.js";
import type { NodeType } from "./schema.js";

export interface EffectRecord {
  readonly slot: string;
  readonly iteration: number;
  readonly effectId: string;
  readonly closing: boolean;
  /** `open`: planned, not settled. */
  readonly state: "open" | "done" | "failed" | "ambiguous";
  readonly code: string | null;
  /** Clear and secret outputs together. */
  readonly output: Readonly<Record<string, unknown>>;
  /** What the remote system said, where it refused. */
  readonly message: string | null;
}

/** What the facts say about one node, whether or not its turn has come; `propagate` says whether it has. */
export interface NodeRecord {
  /** The part that waits to be evaluated. */
  todo: { readonly slot: string; readonly iteration: number } | null;
  iteration: number;
  output: string | null;
  how: "done" | "failed" | "skipped" | null;
  stuck: Stuck | null;
  /** ISO time of a wait that has begun. */
  until: string | null;
  asked: Omit<AskedApproval, "card" | "decision"> | null;
  decision: AskedApproval["decision"];
  effects: readonly EffectRecord[];
  values: Readonly<Record<string, unknown>>;
  skippedOutput: Readonly<Record<string, unknown>> | null;
  replacedInput: Readonly<Record<string, unknown>> | null;
  /** A closing part could not be evaluated: it is left, the run must not wait for it for ever. */
  closingGivenUp: boolean;
}

export const newRecord = (type: NodeType | undefined): NodeRecord => ({
  todo: { slot: (type && nodes[type].slot) ?? "main", iteration: 0 },
  iteration: 0,
  output: null,
  how: null,
  stuck: null,
  until: null,
  asked: null,
  decision: null,
  effects: [],
  values: {},
  skippedOutput: null,
  replacedInput: null,
  closingGivenUp: false,
});
