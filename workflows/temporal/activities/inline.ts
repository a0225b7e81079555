import { ApplicationFailure } from "@temporalio/common";
import type { EffectRow } from "../../ledger/effect-store.js";
import type { StartEffect } from "../messages.js";
import type { Bulkheads } from "./bulkheads.js";
import type { Performer } from "./perform.js";
import type { Seen } from "./commit.js";

/** First attempts beside the plan, without a hop through Temporal. */
export interface Inline {
  readonly performer: Performer;
  readonly bulkheads: Bulkheads;
  /** No first attempt begins later than this after the look began, milliseconds. */
  readonly budgetMs: number;
  /** Nor does any begin once the worker is to stop. */
  readonly isStopping: () => boolean;
}

/**
 * Makes the first attempt of what may start, and looks again, until nothing is left to begin or the time is up. What fails, must wait
 * or is shut out by its connection's bulkhead is left to the driver. A claim is always settled before this returns, each within its
 * action's own deadline.
 */
export async function attemptInline(
  inline: Inline,
  first: Seen,
  look: (gaveUp: readonly string[]) => Promise<Seen>,
): Promise<Seen> {
  const until = performance.now() + inline.budgetMs;
  const tried = new Set<string>();
  let seen = first;
  const isOver = (): boolean => inline.isStopping() || performance.now() >= until;
  while (!isOver()) {
    const fresh = seen.next.start.filter(({ effectId, isFirst }) => isFirst && !tried.has(effectId));
    for (const { effectId } of fresh) tried.add(effectId);
    const rows = seen.planned;
    const ends = await Promise.all(
      fresh.map((effect) => attempt(inline, effect, { row: rows.get(effect.effectId), isOver })),
    );
    if (ends.every((end) => end === "turned away")) return seen;
    const gaveUp = fresh.flatMap(({ effectId }, index) => (ends[index] === "gave up" ? [effectId] : []));
    seen = await look(gaveUp);
  }
  return seen;
}

type End = "turned away" | "made" | "gave up";

interface Attempting {
  readonly row: EffectRow | undefined;
  /** Asked once more inside: who waited for a place may have waited too long. */
  readonly isOver: () => boolean;
}

async function attempt(
  { performer, bulkheads }: Inline,
  effect: StartEffect,
  { row, isOver }: Attempting,
): Promise<End> {
  let end: End = "turned away";
  const perform = (): Promise<number> => {
    if (isOver()) return Promise.resolve(0);
    end = "made";
    return row ? performer.performPlanned(row) : performer.perform(effect.effectId);
  };
  try {
    await bulkheads.through(effect.door, perform);
    return end;
  } catch (error) {
    return error instanceof ApplicationFailure && error.nonRetryable ? "gave up" : "made";
  }
}
