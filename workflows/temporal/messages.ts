import { defineSignal } from "@temporalio/workflow";

/** It wakes, starts or revives a driver, and is only a hint: it carries nothing. */
export const poke = defineSignal("poke");

export const DRIVE_QUEUE = "loopwright-drive";
/** Effects run on their connector's queue, so that one slow system does not take the others' places. */
export const connectorQueue = (connector: string): string => `loopwright-${connector}`;

/** The workflow that drives each kind of owner. */
export const drivers = { run: "driveRun", notice: "driveNotice" } as const;
export const driverId = (kind: keyof typeof drivers, id: string): string => `${kind}_${id}`;

/** One effect that may start now. */
export interface StartEffect {
  readonly effectId: string;
  /** `connector.verbNoun`: the activity's name. */
  readonly activity: string;
  readonly connector: string;
  /** What it shares with others that go the same way: its connection, or, without one, its own step. */
  readonly door: string;
  /** Nothing of it was tried yet. */
  readonly isFirst: boolean;
  /** Until when Temporal keeps trying, milliseconds from now: `retry_until`, and one try more. */
  readonly closeMs: number;
  /** Longest single try, look-up included. */
  readonly tryMs: number;
  /** A worker that is silent for so long is taken for dead. */
  readonly heartbeatMs: number;
}

/** The whole picture, never a delta. Ids, enums and numbers only: this stands in Temporal's history. */
export interface Next {
  readonly finished: boolean;
  readonly state: string;
  /** Every open effect; what is in flight and not named here is cancelled. */
  readonly open: readonly string[];
  readonly start: readonly StartEffect[];
  readonly waitMs: number;
}
