import { transact } from "../../workflows/ledger/transact.js";
import type { Db, Tx } from "../db/database.js";
import { commitStart, type StartDependencies } from "./commit-start.js";
import { timeliness, type Timeliness } from "./schedule-time.js";
import { shareFlow, workspaceOf } from "./start-store.js";
import { startedBy } from "./started-by.js";

export interface ScheduledDependencies extends StartDependencies {
  readonly db: Db;
  readonly now: () => Date;
  /** Called after commit when a run waits to be started. */
  readonly onRunsQueued: () => void;
}

/** What became of a time of a schedule, for whoever looks into Temporal. */
export type ScheduledOutcome = "started" | "started_before" | "not_live" | Exclude<Timeliness, "due">;

/** A time of a schedule has come. The same time again is the same start. */
export const createStoreScheduled = (own: ScheduledDependencies) => async (flowId: string, at: string) => {
  const outcome = await transact(own.db, (tx) => storeScheduled(tx, own, { flowId, at: new Date(at) }));
  if (outcome === "started") own.onRunsQueued();
  return outcome;
};

async function storeScheduled(
  tx: Tx,
  own: ScheduledDependencies,
  { flowId, at }: { readonly flowId: string; readonly at: Date },
): Promise<ScheduledOutcome> {
  const workspaceId = await workspaceOf(tx, flowId);
  const flow = workspaceId === null ? null : await shareFlow(tx, workspaceId, flowId);
  const scheduled = flow?.state === "live" && flow.published ? startedBy(flow.published, "schedule") : null;
  // Its schedule is about to go from Temporal.
  if (!scheduled || workspaceId === null) return "not_live";
  const timely = timeliness(scheduled.config.start, at, own.now());
  if (timely !== "due") return timely;
  const { duplicate } = await commitStart(tx, own, {
    ...{ workspaceId, flowId, key: `schedule|${at.toISOString()}`, asked: {} },
    begin: () => Promise.resolve({ ...scheduled, at, by: null, byToken: false, values: {} }),
  });
  return duplicate ? "started_before" : "started";
}
