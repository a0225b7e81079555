import { actionName, connectorOfAction } from "../../flow/action-name.js";
import type { Command, RunView } from "../../flow/commands.js";
import type { ConnectionBrief } from "../../ports.js";
import { isAfter, type LedgerMoment } from "../../ledger/clock.js";
import type { EffectRow } from "../../ledger/effect-store.js";
import type { Next, StartEffect } from "../messages.js";
import type { ExecutionTiming } from "../timing.js";

export interface Timing extends ExecutionTiming {
  /** One try's total deadline, milliseconds. */
  readonly deadlineOf: (action: string) => number;
  /** State as a search attribute: only where the cluster has it registered. */
  readonly showState: boolean;
}

const SHORTEST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 86_400_000;

/** Nothing is open, or nothing may be yet. */
export const NO_DRIVER: Next = { finished: true, state: "", open: [], start: [], waitMs: 1_000 };

export interface Picture extends LedgerMoment {
  readonly view: RunView;
  readonly commands: readonly Command[];
  readonly effects: readonly EffectRow[];
  readonly connections: readonly ConnectionBrief[];
}

/**
 * When the run must be looked at again: the earliest of its timers, slots, claims and tries; null when only the outside can
 * move it. A try that Temporal retries by itself gets `grace` on top: the rescuer comes after it, the driver with it.
 */
export function dueAtOf(picture: Picture, timing: Timing, grace = timing.rescueMs): Date | null {
  const times = [
    ...picture.commands.flatMap(timerOf),
    ...openEffects(picture).flatMap((effect) => effectDueAt(picture, effect, { ...timing, grace })),
  ];
  return times.length === 0 ? null : new Date(Math.min(...times.map((time) => time.getTime())));
}

function timerOf(command: Command): Date[] {
  if (command.kind === "sleep") return [new Date(command.until)];
  return command.kind === "await" ? [new Date(command.expiresAt)] : [];
}

function effectDueAt(picture: Picture, effect: EffectRow, { rescueMs, grace }: Timing & { grace: number }): Date[] {
  const { now } = picture;
  if (isAfter(effect.claimed_until, now)) return [effect.claimed_until];
  if (isAfter(effect.not_before, now))
    return [effect.slot_reserved ? effect.not_before : new Date(effect.not_before.getTime() + grace)];
  return isHeld(effect, picture) ? [] : [new Date(now.getTime() + rescueMs)];
}

/** What the driver is told. */
export function nextOf(picture: Picture, timing: Timing): Next {
  const { view, now } = picture;
  const wakeAt = dueAtOf(picture, timing, 0);
  const waitMs = wakeAt ? wakeAt.getTime() - now.getTime() : LONGEST_WAIT_MS;
  const open = openEffects(picture);
  return {
    finished: picture.commands.length === 0 && (view.state === "finished" || view.state === "cancelled"),
    state: timing.showState ? view.state : "",
    open: open.map(({ id }) => id),
    start: open.filter((effect) => mayStart(picture, effect)).map((effect) => startOf(effect, now, timing)),
    waitMs: Math.min(Math.max(waitMs, SHORTEST_WAIT_MS), LONGEST_WAIT_MS),
  };
}

/** Every open effect waits for the slot that it reserved, or is held: `due_at` brings the run back, and nobody need stand by. */
export const isAtRest = (picture: Picture): boolean =>
  openEffects(picture).every(
    (effect) =>
      isHeld(effect, picture) ||
      (effect.state === "intent" && effect.slot_reserved && isAfter(effect.not_before, picture.now)),
  );

function openEffects({ commands, effects }: Picture): EffectRow[] {
  const wanted = new Set(commands.flatMap((command) => (command.kind === "perform" ? [command.effectId] : [])));
  return effects.filter(({ id }) => wanted.has(id));
}

const mayStart = (picture: Picture, effect: EffectRow): boolean =>
  !isAfter(effect.not_before, picture.now) && !isAfter(effect.claimed_until, picture.now) && !isHeld(effect, picture);

/** By a restored database, or by its own connection: a person lets it go on. */
const isHeld = (effect: EffectRow, { standsStill, connections }: Picture): boolean =>
  standsStill ||
  (effect.connection_id !== null && connections.find(({ id }) => id === effect.connection_id)?.state !== "ok");

function startOf(effect: EffectRow, now: Date, timing: Timing): StartEffect {
  const activity = actionName(effect.action);
  // A look-up, then a send.
  const tryMs = 2 * timing.deadlineOf(effect.action) + timing.claimMarginMs;
  return {
    effectId: effect.id,
    activity,
    connector: connectorOfAction(activity),
    door: effect.connection_id ?? `${effect.workspace_id}/${effect.node_id}`,
    isFirst: effect.state === "intent" && effect.attempts === 0,
    // One more try's time: the claim refuses after `retry_until`, the activity must live to say so.
    closeMs: Math.max(effect.retry_until.getTime() - now.getTime(), 0) + tryMs,
    tryMs,
    heartbeatMs: timing.heartbeatMs,
  };
}
