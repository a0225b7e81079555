import type { NodeId } from "./parts.js";

/**
 * What is open. `plan` returns all of it, every time: the shell performs what is new and cancels what is missing.
 * `evaluate` is decided by `evaluate.ts` into facts; the others wait for the world.
 */
export type Command =
  /** Evaluate once and record: choose an output, set values, compute a wait, render a request, word an approval. */
  | { readonly kind: "evaluate"; readonly nodeId: NodeId; readonly slot: string; readonly iteration: number }
  /** An effect that was planned and has not settled. */
  | {
      readonly kind: "perform";
      readonly nodeId: NodeId;
      readonly slot: string;
      readonly iteration: number;
      readonly effectId: string;
      readonly closing: boolean;
      /** Nothing may be sent any more: find out what went out, and settle it. */
      readonly lookUpOnly: boolean;
    }
  | { readonly kind: "sleep"; readonly nodeId: NodeId; readonly until: string }
  | { readonly kind: "await"; readonly nodeId: NodeId; readonly approvalId: string; readonly expiresAt: string }
  /** Nothing is open any more: record the outcome. */
  | { readonly kind: "finish"; readonly outcome: string };

export type StepState = "pending" | "running" | "waiting" | "stuck" | "done" | "failed" | "skipped" | "dead";

export interface Stuck {
  /** Of the evaluation, or of the effect that failed or is in doubt. */
  readonly code: string;
  readonly field: string | null;
  /** In doubt: an effect may have happened, so it may be skipped or healed, never retried. */
  readonly inDoubt: boolean;
  /** What a `retried` fact must name, with the iteration after this one. */
  readonly slot: string;
  readonly iteration: number;
}

/** One node's execution, as folded from facts. */
export interface Step {
  readonly nodeId: NodeId;
  readonly state: StepState;
  /** The output that was taken, once settled. */
  readonly output: string | null;
  readonly iteration: number;
  readonly stuck: Stuck | null;
}

export type RunState = "queued" | "running" | "waiting" | "stuck" | "finished" | "cancelled";

export interface RunView {
  readonly state: RunState;
  readonly outcome: string | null;
  readonly steps: Readonly<Record<NodeId, Step>>;
}
