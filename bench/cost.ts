import { countsHandedIn, noneOpen, openDatabase, type Database } from "./database.js";
import { load } from "./load.js";
import type { BenchOptions } from "./run.js";
import { startProduct } from "./sides/product.js";
import { inWords, spending, total } from "./spending.js";
import { startSink } from "./start-sink.js";
import { stopping } from "./stopping.js";
import { print, printTable } from "./table.js";
import { batchesStarted, driversStarted } from "./temporal.js";
import { printVersions } from "./versions.js";

const WARM_UP = 500;

/** What one run of the loop costs: CPU by process, rows and bytes by table, log bytes, transactions, workflows. */
export const cost = ({ runs, concurrencies: [concurrency = 20], profileDir }: BenchOptions): Promise<object> =>
  stopping(async (keep) => {
    const sink = await keep(startSink());
    const product = await keep(startProduct({ sinkUrl: sink.url, profileDir }));
    const database = await keep(openDatabase(product));
    await printVersions(product);
    await load(product, sink, { runs: WARM_UP, concurrency });
    await noneOpen(database);
    const before = await countersOf(database);
    const [drivers, batches] = [await driversStarted(product), await batchesStarted(product)];
    const { cpuMsEach } = await spending(product, runs, async () => {
      await load(product, sink, { runs, concurrency });
      await noneOpen(database);
    });
    const after = await countersOf(database);
    const workflows = (await driversStarted(product)) - drivers + (await batchesStarted(product)) - batches;
    return report(
      after.map((row, index) => perRun(row, before[index], runs)),
      { cpuMsEach, workflows: workflows / runs },
    );
  });

interface Counters {
  readonly name: string;
  readonly inserted: number;
  readonly updated: number;
  /** Updates that touched no index. */
  readonly hot: number;
  readonly bytes: number;
}

/** By table; the last row is the whole database, whose bytes are those of its log. */
async function countersOf({ query }: Database): Promise<Counters[]> {
  await countsHandedIn();
  const rows = await query(`
    select relname as name, n_tup_ins as inserted, n_tup_upd as updated, n_tup_hot_upd as hot, pg_total_relation_size(relid) as bytes
    from pg_stat_user_tables where n_tup_ins > 100 order by relname`);
  const [log] = await query(`
    select xact_commit as inserted, 0 as updated, 0 as hot, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as bytes
    from pg_stat_database where datname = current_database()`);
  return [...rows, { ...log, name: "commits and log" }].map((row: Record<string, unknown>) => ({
    name: String(row["name"]),
    inserted: Number(row["inserted"]),
    updated: Number(row["updated"]),
    hot: Number(row["hot"]),
    bytes: Number(row["bytes"]),
  }));
}

const perRun = (now: Counters, before: Counters | undefined, runs: number): Counters => ({
  name: now.name,
  inserted: (now.inserted - (before?.inserted ?? 0)) / runs,
  updated: (now.updated - (before?.updated ?? 0)) / runs,
  hot: (now.hot - (before?.hot ?? 0)) / runs,
  bytes: (now.bytes - (before?.bytes ?? 0)) / runs,
});

interface Spent {
  readonly cpuMsEach: Readonly<Record<string, number>>;
  readonly workflows: number;
}

function report(rows: readonly Counters[], { cpuMsEach, workflows }: Spent): object {
  const tables = rows.slice(0, -1);
  const sum = (of: (row: Counters) => number): number => tables.reduce((all, row) => all + of(row), 0);
  const whole: Counters = {
    name: "all tables",
    inserted: sum(({ inserted }) => inserted),
    updated: sum(({ updated }) => updated),
    hot: sum(({ hot }) => hot),
    bytes: sum(({ bytes }) => bytes),
  };
  printTable(
    ["a run", "inserted", "updated", "of these hot", "bytes"],
    [...tables, whole, ...rows.slice(-1)].map(({ name, inserted, updated, hot, bytes }) => [
      name,
      inserted.toFixed(2),
      updated.toFixed(2),
      hot.toFixed(2),
      bytes.toFixed(0),
    ]),
  );
  print(
    `CPU ms a run: ${inWords(cpuMsEach)}; in all ${total(cpuMsEach).toFixed(2)}. Workflows a run: ${workflows.toFixed(3)}`,
  );
  return { rows: [...rows], whole, cpuMsEach, workflows };
}
