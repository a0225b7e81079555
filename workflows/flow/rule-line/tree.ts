import type { ConditionGroup, Duration } from "../parts.js";
import type { ConfigOf } from "../schema.js";

/** What a rule line says, whatever the language it is said in. */

type Metric = ConfigOf<"trigger">["metrics"][number];

export interface Head {
  /** Empty: any kind of feedback. */
  readonly metrics: readonly Metric[];
  readonly sources: readonly string[];
  /** What the trigger itself asks ("when NPS < 6"); null: every response starts a run. */
  readonly when: ConditionGroup | null;
  readonly on: ConfigOf<"trigger">["on"];
}

/** What may be said of a step that acts or asks. */
export interface Said {
  /** The step's own name; empty: none. */
  readonly title: string;
  readonly text: string | null;
  /** A channel, a project. */
  readonly place: string | null;
  /** A connection other than the one that the house would take. */
  readonly via: string | null;
}

export interface DeedStep extends Said {
  readonly kind: "deed";
  readonly deed: string;
}
export interface AskStep extends Said {
  readonly kind: "ask";
  readonly expiresAfter: Duration | null;
}
export interface WaitStep {
  readonly kind: "wait";
  readonly duration: Duration;
}
export interface EndStep {
  readonly kind: "end" | "stop";
  /** Null: the usual one. */
  readonly outcome: string | null;
}
/** `yes` empty and `no` not: "unless". */
export interface ChoiceStep {
  readonly kind: "choice";
  readonly when: ConditionGroup;
  readonly yes: Sequence;
  readonly no: Sequence;
}
/** Two or more ways, none empty, all taken. */
export interface ParallelStep {
  readonly kind: "parallel";
  readonly ways: readonly Sequence[];
}
export type Step = DeedStep | AskStep | WaitStep | EndStep | ChoiceStep | ParallelStep;
export type Sequence = readonly Step[];

export interface Line {
  readonly head: Head;
  readonly steps: Sequence;
}
