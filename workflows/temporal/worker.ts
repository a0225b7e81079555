import { Context } from "@temporalio/activity";
import { NativeConnection, Worker, type WorkerOptions } from "@temporalio/worker";
import type { Action } from "../../integrations/connector.js";
import { connectorOfAction } from "../flow/action-name.js";
import { createAdvance } from "./activities/advance.js";
import type { AdvanceDependencies } from "./activities/advance-dependencies.js";
import { createAdvanceNotice } from "./activities/advance-notice.js";
import { createBulkheads } from "./activities/bulkheads.js";
import { createLaneActivities } from "./activities/lane.js";
import type { StartActivities } from "./activities/store-start.js";
import { createPerform, type PerformDependencies, type Performer } from "./activities/perform.js";
import { connectOptions, type Poke, type TemporalAddress } from "./client.js";
import { createDriveBatch } from "./batch-client.js";
import { rebuildFailures } from "./failure-interceptor.js";
import { createDriveHere, type Lane } from "./lane.js";
import { connectorQueue, DRIVE_QUEUE } from "./messages.js";

export interface WorkerDependencies {
  readonly temporal: TemporalAddress;
  readonly advance: AdvanceDependencies;
  readonly perform: PerformDependencies;
  /** First attempts are made beside the plan, and runs are driven side by side; without it every attempt is an activity. */
  readonly fastLane?: { readonly poke: Poke; readonly budgetMs: number } | undefined;
  readonly storeStart: StartActivities["storeStart"];
  /** Every action; each becomes an activity of its name on its connector's queue. */
  readonly actions: readonly Action[];
  /** The bundle that was built, or the module to bundle now. */
  readonly workflows: Pick<WorkerOptions, "workflowBundle" | "workflowsPath">;
  readonly onError: (error: unknown, activity: string) => void;
}

export interface RunningWorkers {
  readonly lane: Lane | undefined;
  /** Lets calls in the air settle, then resolves. */
  stop(): Promise<void>;
  /** Rejects if a worker ends by itself. */
  readonly ended: Promise<void>;
}

const GRACE = { shutdownGraceTime: "30 seconds", shutdownForceTime: "60 seconds" } as const;

export async function startWorkers(dependencies: WorkerDependencies): Promise<RunningWorkers> {
  const { connection: options, namespace } = connectOptions(dependencies.temporal);
  const connection = await NativeConnection.connect(options);
  const interceptors = { activity: [rebuildFailures(dependencies.onError)] };
  const shared = { connection, namespace, interceptors, ...GRACE };
  const performer = createPerform(dependencies.perform);
  let stopping = false;
  const { advancing, laneActivities } = drivingActivities(dependencies, performer, () => stopping);
  const here = laneActivities && createDriveHere(laneActivities.advanceInLane);
  const driveInstead = async (runIds: readonly string[], error: unknown): Promise<void> => {
    dependencies.onError(error, "driveBatch");
    await here?.drive(runIds);
  };
  const drive = Worker.create({
    ...shared,
    ...dependencies.workflows,
    taskQueue: DRIVE_QUEUE,
    activities: { ...advancing, ...laneActivities, storeStart: dependencies.storeStart },
  });
  const queues = Object.entries(byConnector(dependencies, performer)).map(([connector, activities]) =>
    Worker.create({
      ...shared,
      taskQueue: connectorQueue(connector),
      activities,
      maxConcurrentActivityTaskExecutions: 50,
    }),
  );
  const workers = await Promise.all([drive, ...queues]);
  const ended = Promise.all(workers.map((worker) => worker.run())).then(() => connection.close());
  return {
    ended,
    lane: here && { driveHere: here.drive, driveBatch: createDriveBatch({ connection, namespace, driveInstead }) },
    async stop() {
      stopping = true;
      for (const worker of workers) if (worker.getState() === "RUNNING") worker.shutdown();
      await Promise.all([ended, here?.settled()]);
    },
  };
}

/** One `advance` for drivers and for the lane, so that all that looks at once shares its transactions. */
function drivingActivities(
  { advance: dependencies, fastLane, onError }: WorkerDependencies,
  performer: Performer,
  isStopping: () => boolean,
) {
  const inline = fastLane && { performer, bulkheads: createBulkheads(), budgetMs: fastLane.budgetMs, isStopping };
  const { passBy, ...advancing } = createAdvance(dependencies, { attempt: triesSoFar, inline });
  return {
    advancing: { ...advancing, ...createAdvanceNotice(dependencies) },
    laneActivities: fastLane && createLaneActivities({ db: dependencies.db, passBy, poke: fastLane.poke, onError }),
  };
}

const triesSoFar = (): number => Context.current().info.attempt;

type EffectActivity = (effectId: string) => Promise<void>;

function byConnector(
  { actions, perform: { timing } }: WorkerDependencies,
  { perform }: Performer,
): Record<string, Record<string, EffectActivity>> {
  const queues: Record<string, Record<string, EffectActivity>> = {};
  const beatMs = timing.heartbeatMs / 4;
  const activity: EffectActivity = async (effectId) => {
    await withHeartbeat(beatMs, () => perform(effectId));
  };
  for (const { name } of actions) {
    const connector = connectorOfAction(name);
    (queues[connector] ??= {})[name] = activity;
  }
  return queues;
}

/** A dead worker is noticed by its silence, long before the call's own deadline. */
async function withHeartbeat<Result>(everyMs: number, work: () => Promise<Result>): Promise<Result> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), everyMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}
