import { sql } from "kysely";
import type { Action } from "../../integrations/connector.js";
import { viewOf } from "../flow/interpreter.js";
import type { RunView } from "../flow/commands.js";
import type { PublishedFlow } from "../flow/schema.js";
import { readFacts } from "../ledger/fact-store.js";
import { appendFacts, findRun, lockRun } from "../ledger/run-store.js";
import { BARE, settleEffect } from "../ledger/settle.js";
import { transact } from "../ledger/transact.js";
import type { Db } from "../ledger/tx.js";
import type { NewFact } from "../flow/facts.js";
import type { Background } from "../background.js";
import type { ExecutionPorts, Incident } from "../ports.js";
import { createAdvance } from "../temporal/activities/advance.js";
import type { AdvanceDependencies } from "../temporal/activities/advance-dependencies.js";
import { openTemporal, type Poke } from "../temporal/client.js";
import { startDispatcher, startSweeper } from "../temporal/dispatcher.js";
import { timingSchema, type ExecutionTiming } from "../temporal/timing.js";
import { startWorkers } from "../temporal/worker.js";
import type { Engine } from "./engine.js";
import { createFakePorts } from "./fake-ports.js";
import { aRun } from "./ledger-rows.js";
import { until } from "./until.js";

export const quickTiming: ExecutionTiming = timingSchema.parse({
  claimMarginMs: 500,
  settleMs: 50,
  doubtScale: 0.01,
  rescueMs: 1_000,
  overdueMs: 500,
  sweepEveryMs: 200,
  leaseMs: 2_000,
  pollMs: 50,
  heartbeatMs: 1_000,
});

export interface ExecutionOptions {
  readonly db: Db;
  readonly engine: Pick<Engine, "temporalAddress" | "workflowBundle">;
  readonly flow: PublishedFlow;
  readonly actions: readonly Action[];
  readonly timing?: ExecutionTiming;
  /** With the fast lane, as in production; off, as where it is switched off. */
  readonly lane?: boolean;
  /** Off: nothing pokes but the test. */
  readonly dispatch?: boolean;
}

/** Execution as the worker wires it, on real PostgreSQL and Temporal, over one flow and fake features. */
export async function startExecution(options: ExecutionOptions) {
  const { db, engine, actions, timing = quickTiming } = options;
  const errors: unknown[] = [];
  const incidents: Incident[] = [];
  const eventTimes = new Map<string, Date>();
  const temporal = openTemporal({ address: engine.temporalAddress });
  const dispatchers: Background[] = [];
  const ports: ExecutionPorts = {
    ...createFakePorts({ flow: options.flow, incidents, eventTimes }),
    wake(runId) {
      for (const dispatcher of dispatchers) dispatcher.wake();
      void pokeDriver(db, temporal.poke, runId).catch((error: unknown) => errors.push(error));
    },
  };
  const advance: AdvanceDependencies = {
    db,
    ports,
    installationId: "test",
    zones: { nextLocalTime: (from) => new Date(from.getTime() + 3_600_000) },
    timing: { ...timing, showState: false, deadlineOf: (ref) => find(actions, ref)?.deadlineMs ?? 1_000 },
  };
  const workers = await startWorkers({
    storeStart: () => Promise.resolve("not_live"),
    temporal: { address: engine.temporalAddress },
    advance,
    perform: { db, ports, action: (ref) => find(actions, ref), ratesOf: () => ({}), timing },
    fastLane: options.lane ? { poke: temporal.poke, budgetMs: timing.inlineMs } : undefined,
    actions,
    workflows: { workflowBundle: engine.workflowBundle },
    onError: (error) => errors.push(error),
  });
  const loops =
    options.dispatch === false
      ? []
      : [startDispatcher, startSweeper].map((start) =>
          start({
            db,
            poke: temporal.poke,
            lane: workers.lane,
            timing,
            onError: (error) => errors.push(error),
          }),
        );
  dispatchers.push(...loops);
  return {
    ports,
    temporal,
    errors,
    incidents,
    advance: createAdvance(advance),
    start: (difference: Parameters<typeof aRun>[1] = {}) => aRun(db, difference),
    /** A run is as old as its row, unless a test says when its event happened. */
    eventTimes,
    view: (runId: string) => viewRun(db, options.flow, runId),
    /** Resolves with the run once `wanted` holds. */
    until: (runId: string, wanted: (view: RunView) => boolean) =>
      until(() => viewRun(db, options.flow, runId), wanted, { what: `run ${runId}`, timeoutMs: 60_000 }),
    async append(runId: string, fact: NewFact, state?: "cancelled") {
      await transact(db, async (tx) => {
        const run = await lockRun(tx, runId);
        if (run) await appendFacts(tx, ports.sealer, run, { facts: [fact], dueAt: "now", ...(state && { state }) });
      });
      await temporal.poke({ kind: "run", id: runId });
    },
    /** A person looked and found it. */
    async found(runId: string, effectId: string) {
      const settlement = { ...BARE, effectId, state: "done", externalId: "found" } as const;
      await transact(db, (tx) => settleEffect(tx, ports, { kind: "run", id: runId }, settlement));
      await temporal.poke({ kind: "run", id: runId });
    },
    /** Ends the run's wait as the passing of time would. */
    async makeDue(runId: string) {
      await sql`update run_fact set data = jsonb_set(data, '{until}', to_jsonb(to_char(lw_now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
        where run_id = ${runId} and kind = 'waits'`.execute(db);
      await sql`update run set due_at = lw_now() - interval '1 minute' where id = ${runId}`.execute(db);
    },
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
      await workers.stop();
      await temporal.close();
    },
  };
}

export type Execution = Awaited<ReturnType<typeof startExecution>>;

const find = (actions: readonly Action[], ref: string): Action | undefined =>
  actions.find(({ name, major }) => `${name}@${major}` === ref);

/** As `server/execution/waking.ts` does. */
async function pokeDriver(db: Db, poke: Poke, id: string): Promise<void> {
  if ((await findRun(db, id))?.driven) await poke({ kind: "run", id });
}

async function viewRun(db: Db, flow: PublishedFlow, runId: string): Promise<RunView> {
  const facts = await readFacts(db, runId);
  return viewOf(
    flow,
    facts.map(({ fact }) => fact),
  );
}

export async function counterOf(db: Db, name: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select n from counter where name = ${name}`.execute(db);
  return rows[0]?.n ?? 0;
}
