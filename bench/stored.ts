import { countsHandedIn, noneOpen, openDatabase, rescued, type Database } from "./database.js";
import { createFiller } from "./fill.js";
import { load } from "./load.js";
import { measure, type Row } from "./measure.js";
import type { BenchOptions } from "./run.js";
import { startProduct, type Product } from "./sides/product.js";
import { total } from "./spending.js";
import { startSink, type Sink } from "./start-sink.js";
import { stopping, type Keep } from "./stopping.js";
import { middleOf, print, printTable } from "./table.js";
import { printVersions } from "./versions.js";

const FEW = 10_000;
const MANY = 1_000_000;
/** Real ones: what is copied. */
const TEMPLATES = { runs: 200, concurrency: 20 } as const;
/** After the filling: caches fill, and each page that is written again and again has been logged whole once. */
const WARM_UP = { runs: 600, concurrency: 20 } as const;

/**
 * `loop` with ten thousand stored events (`--few N`) and with a million (`--stored N`): two products, of which the other stands still
 * meanwhile, and whose rounds are interleaved.
 */
export const stored = (options: BenchOptions): Promise<object> =>
  stopping(async (keep) => {
    const sink = await keep(startSink());
    const few = await filled(keep, { sink, wanted: Number(options.option("few") ?? FEW), options });
    const many = await filled(keep, { sink, wanted: Number(options.option("stored") ?? MANY), options });
    await printVersions(few.product);
    const rows: StoredRow[] = [];
    for (let round = 0; round < options.rounds; round += 1)
      for (const place of [few, many]) rows.push(await oneRound(place, sink, options));
    const [fewest, most] = [few, many].map(({ events }) => middleRound(rows.filter((row) => row.stored === events)));
    if (!fewest || !most) throw new Error("nothing was measured");
    report([fewest, most]);
    return {
      ratio: most.perSecond / fewest.perSecond,
      cpuRatio: total(fewest.cpuMsPerRun) / total(most.cpuMsPerRun),
      lost: rows.reduce((sum, { lost }) => sum + lost, 0),
      doubled: rows.reduce((sum, { doubled }) => sum + doubled, 0),
      rescued: (await rescued(few.database)) + (await rescued(many.database)),
      rows: [fewest, most],
    };
  });

interface Place {
  readonly product: Product;
  readonly database: Database;
  /** As many as are stored before the first round. */
  readonly events: number;
}

interface StoredRow extends Row {
  readonly stored: number;
  /** Bytes of the log a run, and pages that it holds whole: each page is, once after every checkpoint. */
  readonly logBytes: number;
  readonly wholePages: number;
}

interface Filling {
  readonly sink: Sink;
  readonly wanted: number;
  readonly options: BenchOptions;
}

async function filled(keep: Keep, { sink, wanted, options }: Filling): Promise<Place> {
  const product = await keep(startProduct({ sinkUrl: sink.url, profileDir: options.profileDir }));
  const database = await keep(openDatabase(product));
  await load(product, sink, TEMPLATES);
  await noneOpen(database);
  const fillTo = await createFiller(database);
  const events = await fillTo(wanted);
  await load(product, sink, WARM_UP);
  await noneOpen(database);
  return { product, database, events };
}

async function oneRound({ product, database, events }: Place, sink: Sink, options: BenchOptions): Promise<StoredRow> {
  const { runs, concurrencies } = options;
  const before = await logOf(database);
  const wanted = { runs, concurrency: concurrencies[0] ?? 20 };
  const row = await measure({ name: `${events} stored`, side: product, sink }, wanted);
  await noneOpen(database);
  const after = await logOf(database);
  const [logBytes, wholePages] = [(after.bytes - before.bytes) / runs, (after.pages - before.pages) / runs];
  return { ...row, stored: events, logBytes, wholePages };
}

async function logOf({ query }: Database): Promise<{ bytes: number; pages: number }> {
  await countsHandedIn();
  const [row] = await query("select wal_bytes, wal_fpi from pg_stat_wal");
  return { bytes: Number(row?.["wal_bytes"]), pages: Number(row?.["wal_fpi"]) };
}

const middleRound = (rounds: readonly StoredRow[]): StoredRow => middleOf(rounds, ({ perSecond }) => perSecond);

const HEADER = ["stored events", "runs/s", "ack p50 ms", "ack p99 ms", "CPU ms a run", "log KB a run", "whole pages"];

function report(rows: readonly StoredRow[]): void {
  printTable(
    [...HEADER, "lost", "doubled", "MB"],
    rows.map((row) => [
      String(row.stored),
      row.perSecond.toFixed(1),
      row.ackP50.toFixed(1),
      row.ackP99.toFixed(1),
      total(row.cpuMsPerRun).toFixed(2),
      (row.logBytes / 1_024).toFixed(1),
      row.wholePages.toFixed(2),
      String(row.lost),
      String(row.doubled),
      row.pssMb.toFixed(0),
    ]),
  );
  const [few, many] = rows;
  if (!few || !many) return;
  print(`${percent(many.perSecond / few.perSecond)} of the throughput is left`);
  print(`a run costs ${percent(total(many.cpuMsPerRun) / total(few.cpuMsPerRun))} of the CPU`);
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
