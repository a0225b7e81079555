import {
  ActivityCancellationType,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from "@temporalio/workflow";
import { connectorQueue, poke, type Next, type StartEffect } from "./messages.js";

/** Takes the run as far as it goes at once, and answers what is open. */
export type Advance = (gaveUp: readonly string[]) => Promise<Next>;

/**
 * The thin driver: it holds an id and nothing else. `advance` takes the run as far as it goes at once and answers what is open;
 * this starts what is new, cancels what is gone, and waits. Restarting it is always safe.
 */
export async function drive(advance: Advance, again: () => Promise<never>): Promise<void> {
  const inFlight = new Map<string, CancellationScope>();
  let gaveUp: string[] = [];
  let changed = false;
  let poked = false;
  setHandler(poke, () => {
    poked = true;
  });

  function start(effect: StartEffect): void {
    const scope = new CancellationScope();
    inFlight.set(effect.effectId, scope);
    void scope
      .run(() => perform(effect))
      .catch((error: unknown) => {
        // A call in the air that fails once we cancelled it was not given up: Temporal only does not try it again.
        if (!isCancellation(error) && !scope.consideredCancelled) gaveUp.push(effect.effectId);
      })
      .finally(() => {
        inFlight.delete(effect.effectId);
        changed = true;
      });
  }

  function cancelGone(open: readonly string[]): void {
    for (const [effectId, scope] of inFlight) if (!open.includes(effectId)) scope.cancel();
  }

  /** Back-offs end, calls in the air settle; `retry_until` stands in the database, so nothing is forgotten. */
  function windDown(): void {
    for (const scope of inFlight.values()) scope.cancel();
  }

  for (let shown = ""; ;) {
    // Before advance, so that nothing that happens while it runs is lost.
    poked = changed = false;
    const given = gaveUp;
    gaveUp = [];
    const next = await advance(given);
    shown = show(next, shown);
    cancelGone(next.open);
    if (isStale(next)) continue;
    const tired = workflowInfo().continueAsNewSuggested;
    const quiet = inFlight.size === 0 && gaveUp.length === 0;
    if (quiet && next.finished) return;
    if (quiet && tired) return again();
    if (tired) windDown();
    else next.start.filter(({ effectId }) => !inFlight.has(effectId)).forEach(start);
    await condition(() => changed || poked, next.waitMs);
  }

  /** What happened while it looked; a driver that would end does not end past a poke. */
  function isStale({ finished }: Next): boolean {
    return changed || (finished && poked);
  }
}

function perform({ effectId, activity, connector, closeMs, tryMs, heartbeatMs }: StartEffect): Promise<void> {
  const activities = proxyActivities<Record<string, (effectId: string) => Promise<void>>>({
    taskQueue: connectorQueue(connector),
    scheduleToCloseTimeout: closeMs,
    startToCloseTimeout: tryMs,
    heartbeatTimeout: heartbeatMs,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { initialInterval: "1 second", backoffCoefficient: 2, maximumInterval: "60 seconds" },
  });
  const run = activities[activity];
  if (!run) throw new Error(`no activity is named ${activity}`);
  return run(effectId);
}

/** State as a search attribute; empty where the cluster has none registered. */
function show(next: Next, shown: string): string {
  if (next.state !== "" && next.state !== shown) upsertSearchAttributes({ RunState: [next.state] });
  return next.state;
}
