import { noneOpen, openDatabase, rescued, type Database } from "./database.js";
import { about, aCall, allOf, branching, STEPS, threeCalls, type CallOptions } from "./drafts.js";
import { load, type Amount, type Measured } from "./load.js";
import { now } from "./now.js";
import type { BenchOptions } from "./run.js";
import { startProduct, type Product } from "./sides/product.js";
import { startSink, type Sink } from "./start-sink.js";
import { stopping } from "./stopping.js";
import { middleOf, print, printTable } from "./table.js";
import { driversStarted } from "./temporal.js";
import { printVersions } from "./versions.js";

interface Row extends Measured {
  readonly what: string;
  /** Runs a second until nine in ten were over, and seconds until the last was: a retry comes late. */
  readonly nineInTen: number;
  readonly lastS: number;
  /** Of all runs, also those of the warm-up and those beside, how many got a driver of their own. */
  readonly handedOver: number;
  readonly rescued: number;
}

const SLOW_MS = 2_000;
const FAILING_PERCENT = 5;
const WARM_UP = 200;
/** One event in ten is of the other flow. */
const BESIDE = 10;

type Variant = (options: BenchOptions) => Promise<Row>;

/** Each in a product of its own; the first of a pair is what the second is compared to. */
const variants: Readonly<Record<string, Variant>> = {
  none: (options) => failing("no faults", 0, options),
  failing: (options) => failing(`${FAILING_PERCENT} % of calls fail`, FAILING_PERCENT, options),
  quickBeside: (options) => beside("others beside, quick", 0, options),
  slowBeside: (options) => beside("others beside, slow", SLOW_MS, options),
};

/** `loop` with a far end that fails, and with one slow connection that only some runs use. */
export async function faults(options: BenchOptions): Promise<object> {
  const names = options.sides ?? Object.keys(variants);
  const rows: (Row & { readonly name: string })[] = [];
  for (let round = 0; round < options.rounds; round += 1)
    for (const name of names) {
      const perform = variants[name];
      if (!perform) throw new Error(`There is no variant ${name}; there are ${Object.keys(variants).join(", ")}.`);
      rows.push({ name, ...(await perform(options)) });
    }
  const medians = names.map((name) =>
    middleOf(
      rows.filter((row) => row.name === name),
      ({ perSecond }) => perSecond,
    ),
  );
  report(medians);
  const rateOf = (name: string): number => medians[names.indexOf(name)]?.perSecond ?? Number.NaN;
  return {
    ratios: {
      failing: ratio(rateOf("failing"), rateOf("none")),
      slow: ratio(rateOf("slowBeside"), rateOf("quickBeside")),
    },
    lost: rows.reduce((sum, { lost }) => sum + lost, 0),
    doubled: rows.reduce((sum, { doubled }) => sum + doubled, 0),
    rows: medians,
  };
}

const ratio = (one: number, other: number): number | null => (Number.isFinite(one / other) ? one / other : null);

interface Started {
  readonly product: Product;
  readonly database: Database;
}

/** What became of a load of the flow called Bench. */
async function toRow(what: string, { product, database }: Started, { from, ...measured }: Timed): Promise<Row> {
  await noneOpen(database);
  const [all, drivers] = [await database.count("select count(*) from run"), await driversStarted(product)];
  const ends = await endsOf(database, from);
  const moved = await rescued(database);
  const row = { what, ...measured, ...ends, handedOver: drivers / all, rescued: moved };
  print(`${what}: ${row.perSecond.toFixed(1)} runs/s, ${(row.handedOver * 100).toFixed(1)} % handed over`);
  return row;
}

type Timed = Measured & { readonly from: number };

async function endsOf({ query }: Database, from: number): Promise<Pick<Row, "nineInTen" | "lastS">> {
  const since = new Date(from);
  const [ends] = await query(
    `select count(*) as n, max(extract(epoch from finished_at)) * 1000 as last,
       percentile_disc(0.9) within group (order by extract(epoch from finished_at)) * 1000 as most
     from run join flow on flow.id = run.flow_id where flow.name = 'Bench' and run.created_at >= $1`,
    [since],
  );
  const { n, last, most } = ends ?? {};
  return { nineInTen: (Number(n) * 0.9) / ((Number(most) - from) / 1_000), lastS: (Number(last) - from) / 1_000 };
}

/** The same far end for every call; it refuses some of them with 503. */
const failing = (what: string, percent: number, options: BenchOptions): Promise<Row> =>
  stopping(async (keep) => {
    const sink = await keep(startSink({ failing: percent }));
    const flows = [threeCalls({ sinkUrl: sink.url, honoured: true })];
    const product = await keep(startProduct({ sinkUrl: sink.url, profileDir: options.profileDir, flows }));
    const database = await keep(openDatabase(product));
    await printVersions(product);
    return toRow(what, { product, database }, await warmThenLoad(product, sink, options));
  });

const amountOf = ({ runs, concurrencies }: BenchOptions): Amount => ({ runs, concurrency: concurrencies[0] ?? 20 });

async function warmThenLoad(side: Pick<Product, "name" | "event">, sink: Sink, options: BenchOptions): Promise<Timed> {
  const amount = amountOf(options);
  await load(side, sink, { ...amount, runs: Math.min(amount.runs, WARM_UP) });
  const from = now();
  return { from, ...(await load(side, sink, amount)) };
}

/**
 * Two flows, two kinds of events, two far ends. The first kind is what is measured. The other has one call on a connection of its own,
 * whose far end takes `slowMs`.
 */
const beside = (what: string, slowMs: number, options: BenchOptions): Promise<Row> =>
  stopping(async (keep) => {
    const sink = await keep(startSink());
    const otherSink = await keep(startSink({ slowMs }));
    const product = await keep(
      startProduct({
        sinkUrl: sink.url,
        reaches: [otherSink.host],
        profileDir: options.profileDir,
        flows: [threeCalls({ sinkUrl: sink.url, honoured: true }, { when: allOf(about("Quick")) })],
      }),
    );
    const database = await keep(openDatabase(product));
    await printVersions(product);
    await product.publish(await otherFlow(product, otherSink.url));
    return toRow(what, { product, database }, await loadBoth(product, { sink, otherSink }, options));
  });

async function loadBoth(
  product: Product,
  sinks: Record<"sink" | "otherSink", Sink>,
  options: BenchOptions,
): Promise<Timed> {
  const sideOf = (kind: string) => ({
    ...product,
    event: (event: string) => product.deliver(event, { product: kind }),
  });
  const { runs, concurrency } = amountOf(options);
  const aside = { runs: Math.ceil(runs / BESIDE), concurrency: Math.ceil(concurrency / BESIDE) };
  const [measured, others] = await Promise.all([
    warmThenLoad(sideOf("Quick"), sinks.sink, options),
    load(sideOf("Other"), sinks.otherSink, aside),
  ]);
  print(`  the others: ${others.perSecond.toFixed(1)} runs/s of ${aside.runs}`);
  return { ...measured, lost: measured.lost + others.lost, doubled: measured.doubled + others.doubled };
}

async function otherFlow(product: Product, sinkUrl: string) {
  const request = {
    connector: "http",
    name: "The other far end",
    config: { baseUrl: sinkUrl },
    secret: { headerValue: "Bearer bench" },
  };
  const connection = (await product.api("POST", "/api/connections", request)) as { id: string };
  const plain: CallOptions = { sinkUrl, honoured: true };
  const calls = [
    ...STEPS.slice(1).map((step) => aCall(step, plain)),
    aCall("slow", { ...plain, connectionId: connection.id }),
  ];
  return branching("Other", calls, allOf(about("Other")));
}

const HEADER = [
  "variant",
  "runs/s",
  "until 90 %",
  "last s",
  "ack p50 ms",
  "ack p99 ms",
  "lost",
  "doubled",
  "handed over",
  "rescued",
];

const report = (rows: readonly Row[]): void =>
  printTable(
    HEADER,
    rows.map((row) => [
      row.what,
      row.perSecond.toFixed(1),
      row.nineInTen.toFixed(1),
      row.lastS.toFixed(1),
      row.ackP50.toFixed(1),
      row.ackP99.toFixed(1),
      String(row.lost),
      String(row.doubled),
      `${(row.handedOver * 100).toFixed(1)} %`,
      String(row.rescued),
    ]),
  );
