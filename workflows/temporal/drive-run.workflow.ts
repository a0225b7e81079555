import {
  ActivityCancellationType,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from "@temporalio/workflow";
import type { AdvanceActivities } from "./activities/advance.js";
import { connectorQueue, poke, type Next, type StartEffect } from "./messages.js";

const { advance } = proxyLocalActivities<AdvanceActivities>({
  startToCloseTimeout: "30 seconds",
  retry: { initialInterval: "200 milliseconds", maximumInterval: "10 seconds" },
});

/**
 * The thin driver: it holds an id and nothing else. `advance` plans and appends in one transaction and answers what is open;
 * this starts what is new, cancels what is gone, and waits. Restarting it is always safe.
 */
export async function driveRun(runId: string): Promise<void> {
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
        if (!isCancellation(error)) gaveUp.push(effect.effectId);
      })
      .finally(() => {
        inFlight.delete(effect.effectId);
        changed = true;
      });
  }

  for (let shown = ""; ;) {
    // Before advance, so that nothing that happens while it runs is lost.
    poked = changed = false;
    const given = gaveUp;
    gaveUp = [];
    const next = await advance(runId, given);
    shown = show(next, shown);
    for (const [effectId, scope] of inFlight) if (!next.open.includes(effectId)) scope.cancel();
    if (hasChanged()) continue;
    const tired = workflowInfo().continueAsNewSuggested;
    if (inFlight.size === 0 && gaveUp.length === 0) {
      if (next.finished) return;
      if (tired) return continueAsNew<typeof driveRun>(runId);
    }
    // Back-offs end, calls in the air settle; `retry_until` stands in the database, so nothing is forgotten.
    if (tired) for (const scope of inFlight.values()) scope.cancel();
    else for (const effect of next.start) if (!inFlight.has(effect.effectId)) start(effect);
    await condition(() => changed || poked, next.waitMs);
  }

  /** A call, because the compiler cannot see that callbacks change the variable. */
  function hasChanged(): boolean {
    return changed;
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
