import { ApplicationFailure } from "@temporalio/common";
import type { EffectRow } from "../../ledger/effect-store.js";
import type { StartEffect } from "../messages.js";
import type { Bulkheads } from "./bulkheads.js";
import type { Performer } from "./perform.js";
import type { Written } from "./commit.js";

/** First attempts beside the plan, without a hop through Temporal. */
export interface Inline {
  readonly performer: Performer;
  readonly bulkheads: Bulkheads;
  /** No first attempt begins later than this after the look began, milliseconds. */
  readonly budgetMs: number;
}

/** The picture, and the effects that were planned in it. */
export type Seen = Pick<Written, "next" | "rests" | "planned">;

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
  while (performance.now() < until) {
    const fresh = seen.next.start.filter(({ effectId, isFirst }) => isFirst && !tried.has(effectId));
    for (const { effectId } of fresh) tried.add(effectId);
    const rows = seen.planned;
    const ends = await Promise.all(fresh.map((effect) => attempt(inline, effect, rows.get(effect.effectId))));
    if (ends.every((end) => end === "turned away")) return seen;
    const gaveUp = fresh.flatMap(({ effectId }, index) => (ends[index] === "gave up" ? [effectId] : []));
    seen = await look(gaveUp);
  }
  return seen;
}

type End = "turned away" | "made" | "gave up";

async function attempt({ performer, bulkheads }: Inline, effect: StartEffect, row?: EffectRow): Promise<End> {
  const perform = () => (row ? performer.performPlanned(row) : performer.perform(effect.effectId));
  try {
    return (await bulkheads.through(effect.door, perform)) ? "made" : "turned away";
  } catch (error) {
    return error instanceof ApplicationFailure && error.nonRetryable ? "gave up" : "made";
  }
}
