import { noneOpen, openDatabase, rescued } from "./database.js";
import { createFiller, type FillTo } from "./fill.js";
import { load } from "./load.js";
import { measure, type Row } from "./measure.js";
import type { BenchOptions } from "./run.js";
import { startProduct, type Product } from "./sides/product.js";
import { startSink, type Sink } from "./start-sink.js";
import { stopping } from "./stopping.js";
import { middleOf, print, printTable } from "./table.js";
import { printVersions } from "./versions.js";

const FEW = 10_000;
const MANY = 1_000_000;
/** Real ones: what is copied. */
const TEMPLATES = { runs: 200, concurrency: 20 } as const;

/** `loop` with ten thousand stored events, and with a million (`--stored N`), in one product; the rounds of each follow one another. */
export const stored = (options: BenchOptions): Promise<object> =>
  stopping(async (keep) => {
    const sink = await keep(startSink());
    const product = await keep(startProduct({ sinkUrl: sink.url, profileDir: options.profileDir }));
    const database = await keep(openDatabase(product));
    await printVersions(product);
    await load(product, sink, TEMPLATES);
    await noneOpen(database);
    const place = { product, sink, fillTo: await createFiller(database) };
    const few = await at(Number(options.option("few") ?? FEW), place, options);
    const many = await at(Number(options.option("stored") ?? MANY), place, options);
    report([few, many]);
    const sums = { lost: few.lost + many.lost, doubled: few.doubled + many.doubled };
    return { ratio: many.perSecond / few.perSecond, ...sums, rescued: await rescued(database), rows: [few, many] };
  });

interface Place {
  readonly product: Product;
  readonly fillTo: FillTo;
  readonly sink: Sink;
}

type StoredRow = Row & { readonly stored: number };

async function at(wanted: number, { product, sink, fillTo }: Place, options: BenchOptions): Promise<StoredRow> {
  const count = await fillTo(wanted);
  const { runs, rounds, concurrencies } = options;
  const concurrency = concurrencies[0] ?? 20;
  await load(product, sink, TEMPLATES);
  const rows: Row[] = [];
  for (let round = 0; round < rounds; round += 1)
    rows.push(await measure({ name: `${count} stored`, side: product, sink }, { runs, concurrency }));
  const found = middleOf(rows, ({ perSecond }) => perSecond);
  const sum = (key: "lost" | "doubled"): number => rows.reduce((all, row) => all + row[key], 0);
  return { ...found, stored: count, lost: sum("lost"), doubled: sum("doubled") };
}

function report(rows: readonly StoredRow[]): void {
  printTable(
    ["stored events", "runs/s", "ack p50 ms", "ack p99 ms", "lost", "doubled", "MB"],
    rows.map((row) => [
      String(row.stored),
      row.perSecond.toFixed(1),
      row.ackP50.toFixed(1),
      row.ackP99.toFixed(1),
      String(row.lost),
      String(row.doubled),
      row.pssMb.toFixed(0),
    ]),
  );
  const [few, many] = rows;
  if (few && many) print(`${((many.perSecond / few.perSecond) * 100).toFixed(0)} % of the throughput is left`);
}
