import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DefaultLogger, Runtime as TemporalRuntime } from "@temporalio/worker";
import { startDispatcher, startSweeper } from "../workflows/temporal/dispatcher.js";
import { hasRunState } from "../workflows/temporal/search-attributes.js";
import { startWorkers, type WorkerDependencies } from "../workflows/temporal/worker.js";
import { createConnectionCalls } from "./connections/connection-calls.js";
import { createRemoteCallResponder } from "./connections/remote-call-responder.js";
import { QUESTION_CHANNEL } from "./db/questions.js";
import { startListener } from "./db/listener.js";
import { eraseAgain } from "./erasure/erase-again.js";
import { QUEUED_CHANNEL } from "./execution/queued.js";
import { zones } from "./execution/zones.js";
import { loggable } from "./http/log.js";
import { warnWhereStill } from "./restore/restore.js";
import type { Runtime } from "./runtime.js";
import { createStoreScheduled } from "./starts/store-scheduled.js";
import { startUpkeep, tombstonesOf } from "./upkeep.js";

/** The worker's role: drivers, effects, dispatcher, sweeper. Resolves once it takes work. */
export async function startWorker(runtime: Runtime): Promise<{ stop(): Promise<void>; ended: Promise<void> }> {
  const {
    config,
    db,
    envelope,
    http,
    ports,
    temporal,
    actions,
    findAction,
    findConnector,
    installation,
    log,
    onError,
  } = runtime;
  const { timing } = config;
  quietTemporal();
  await warnWhereStill(db, log);
  await eraseAgainWhereRestored(runtime);
  const deadlineOf = (ref: string): number =>
    Math.min(findAction(ref)?.deadlineMs ?? timing.deadlineCapMs, timing.deadlineCapMs);
  const workers = await startWorkers({
    temporal: { address: config.temporalAddress },
    advance: {
      db,
      ports,
      installationId: installation.installationId,
      zones,
      timing: { ...timing, deadlineOf, showState: await hasRunState(temporal.client, temporal.namespace) },
    },
    perform: { db, ports, action: findAction, ratesOf: (connector) => findConnector(connector)?.rates ?? {}, timing },
    fastLane: config.fastLane ? { poke: temporal.poke, budgetMs: timing.inlineMs } : undefined,
    storeStart: createStoreScheduled({
      ...{ db, envelope, vault: runtime.vault, now: () => new Date(), onRunsQueued: runtime.queued.tell },
    }),
    actions,
    workflows: workflowCode(),
    onError: (error, activity) => log.error({ err: loggable(error), activity }, "An activity failed unexpectedly"),
  });
  const dispatch = { db, poke: temporal.poke, timing, onError };
  const dispatcher = startDispatcher({ ...dispatch, lane: workers.lane });
  const sweeper = startSweeper(dispatch);
  const upkeep = await startUpkeep(runtime);
  // Every worker may call systems on behalf of an api that holds no outbound secrets.
  const calls = createConnectionCalls({ envelope, http, findConnector, mayOpenOutbound: true });
  const listener = startListener({
    url: config.databaseUrl,
    log,
    channels: {
      [QUEUED_CHANNEL]: () => dispatcher.wake(),
      [QUESTION_CHANNEL]: createRemoteCallResponder({ db, envelope, calls, log }),
    },
    onGap: () => dispatcher.wake(),
  });
  return {
    ended: workers.ended,
    async stop() {
      await listener.stop();
      await Promise.all([dispatcher, sweeper, ...upkeep].map((one) => one.stop()));
      await workers.stop();
    },
  };
}

async function eraseAgainWhereRestored(runtime: Runtime): Promise<void> {
  const again = await eraseAgain(runtime.db, await tombstonesOf(runtime));
  if (again > 0)
    runtime.log.warn({ erasures: again }, "A restored database knew people who had been erased: erasing them again");
}

/** What was bundled at build time; in development the sources are bundled now. */
function workflowCode(): WorkerDependencies["workflows"] {
  const bundle = fileURLToPath(new URL("../workflow-bundle.js", import.meta.url));
  if (existsSync(bundle)) return { workflowBundle: { codePath: bundle } };
  const source = import.meta.url.endsWith(".ts") ? "workflows.ts" : "workflows.js";
  return { workflowsPath: fileURLToPath(new URL(`../workflows/temporal/${source}`, import.meta.url)) };
}

/** Temporal's own log says what is normal many times a minute; only its warnings are for people. */
function quietTemporal(): void {
  const writable = (line: string): void => void process.stderr.write(line);
  TemporalRuntime.install({
    logger: new DefaultLogger("WARN", ({ level, message }) => writable(`temporal ${level}: ${message}\n`)),
    shutdownSignals: [],
  });
}
