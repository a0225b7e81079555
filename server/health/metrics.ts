import { sql } from "kysely";
import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import type { Db } from "../db/database.js";
import { stageFigures } from "./stages.js";

/** Prometheus text: this process, the open runs and effects by state, and the ledger's counters. */
export function createMetrics(db: Db): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  byState(registry, { name: "loopwright_open_runs", help: "Runs that are not finished", count: () => countRuns(db) });
  byState(registry, {
    name: "loopwright_open_effects",
    help: "Effects that are not settled",
    count: () => countEffects(db),
  });
  ledgerCounters(registry, db);
  stages(registry, db);
  return registry;
}

interface StateGauge {
  readonly name: string;
  readonly help: string;
  readonly count: () => Promise<readonly { readonly state: string; readonly n: number }[]>;
}

function byState(registry: Registry, { name, help, count }: StateGauge): void {
  const gauge = new Gauge({
    name,
    help,
    labelNames: ["state"],
    registers: [registry],
    async collect() {
      const counted = await count();
      gauge.reset();
      for (const { state, n } of counted) gauge.set({ state }, n);
    },
  });
}

/** They live in the database, so every process tells the same total. `rescued_total` is 0 in a healthy system. */
function ledgerCounters(registry: Registry, db: Db): void {
  const counter = new Counter({
    name: "loopwright_ledger_total",
    help: "Counters of the ledger; rescued_total counts runs that the sweeper had to move",
    labelNames: ["name"],
    registers: [registry],
    async collect() {
      const rows = await db.withTables<LedgerTables>().selectFrom("counter").select(["name", "n"]).execute();
      counter.reset();
      for (const { name, n } of [{ name: "rescued_total", n: 0 }, ...rows]) counter.inc({ name }, Number(n));
    },
  });
}

function stages(registry: Registry, db: Db): void {
  const gauge = new Gauge({
    name: "loopwright_stage_seconds",
    help: "The newest runs: stored to begun (queued), begun to the first effect sent (first_effect), stored to finished (done)",
    labelNames: ["stage", "quantile"],
    registers: [registry],
    async collect() {
      const figures = await stageFigures(db);
      gauge.reset();
      for (const { stage, p50, p99 } of figures) {
        gauge.set({ stage, quantile: "0.5" }, p50);
        gauge.set({ stage, quantile: "0.99" }, p99);
      }
    },
  });
}

async function countRuns(db: Db) {
  const query = sql<{ state: string; n: number }>`
    select state, count(*) as n from run where finished_at is null group by state`;
  return (await query.execute(db)).rows;
}

async function countEffects(db: Db) {
  const query = sql<{ state: string; n: number }>`
    select state, count(*) as n from effect where settled_at is null group by state`;
  return (await query.execute(db)).rows;
}
