import type { NewFact } from "./facts.js";
import type { NodeId } from "./parts.js";

/** One write to the outside world, rendered and checked; the ledger stores it with the `planned` fact. */
export interface PlannedEffect {
  readonly effectId: string;
  readonly nodeId: NodeId;
  readonly slot: string;
  readonly iteration: number;
  /** `name@major` */
  readonly action: string;
  readonly connectionId: string | null;
  readonly input: Readonly<Record<string, unknown>>;
  readonly retryUntil: Date;
  readonly onAmbiguous: "park" | "resend";
  /** Closing effects are also performed when the run was cancelled or stopped. */
  readonly closing: boolean;
}

export interface ApprovalRequest {
  readonly approvalId: string;
  readonly nodeId: NodeId;
  /** Slack user ids; empty: any known person of the workspace. */
  readonly approvers: readonly string[];
  readonly connectionId: string;
  readonly channel: string;
  readonly title: string;
  readonly text: string;
  readonly expiresAt: Date;
}

/** What one `evaluate` command comes to: appended and stored in one transaction. */
export interface Evaluation {
  readonly facts: readonly NewFact[];
  readonly effects: readonly PlannedEffect[];
  readonly approval: ApprovalRequest | null;
}
