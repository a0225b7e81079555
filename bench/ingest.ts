import { mediansOf, ratioOf } from "./compare.js";
import { openDatabase, type Database } from "./database.js";
import { allOf, BELOW_SIX, threeCalls } from "./drafts.js";
import { postAll, type Posted } from "./load.js";
import type { Row } from "./measure.js";
import { leftOut } from "./peers/left-out.js";
import { plainFlow } from "./peers/plain-flow.js";
import type { BenchOptions } from "./run.js";
import type { Side } from "./side.js";
import { startExpress } from "./sides/express.js";
import { startNodeRed } from "./sides/node-red.js";
import { startProduct } from "./sides/product.js";
import { inWords, memoryOf, spending, total } from "./spending.js";
import { stopping, type Keep } from "./stopping.js";
import { print, printTable } from "./table.js";
import { printVersions } from "./versions.js";

/** A side that only answers, and how many of the events that it acknowledged it has not kept; 0 for whoever promises nothing. */
interface Taker {
  readonly side: Side;
  readonly lostOf: (posted: number) => Promise<number>;
}

/** Nobody is called: the port is only there to be named. */
const NOWHERE = "http://127.0.0.1:9";

const takers: Readonly<Record<string, (keep: Keep, options: BenchOptions) => Promise<Taker>>> = {
  product: startTakingProduct,
  nodeRed: async (keep, { profileDir }) =>
    promisingNothing(await keep(startNodeRed({ sinkUrl: NOWHERE, profileDir }, plainFlow()))),
  express: async (keep, { profileDir }) => promisingNothing(await keep(startExpress({ sinkUrl: NOWHERE, profileDir }))),
};

const WARM_UP = { runs: 300, concurrency: 20 } as const;

/** Events that match nothing: durable acknowledgements of this product beside the plain replies of Node-RED and of bare Express. */
export async function ingest(options: BenchOptions): Promise<object> {
  const names = options.sides ?? Object.keys(takers);
  const rows: Row[] = [];
  for (let round = 0; round < options.rounds; round += 1)
    for (const name of names) rows.push(...(await oneRound(name, options).catch(leftOut)));
  const medians = mediansOf(rows);
  report(medians);
  const peers = names.filter((name) => name !== "product");
  return {
    ratios: Object.fromEntries(peers.map((peer) => [peer, ratioOf(medians, "product", peer)])),
    lost: rows.reduce((sum, { lost }) => sum + lost, 0),
    rows: medians,
  };
}

async function startTakingProduct(keep: Keep, { profileDir }: BenchOptions): Promise<Taker> {
  const flows = [threeCalls({ sinkUrl: NOWHERE }, { when: allOf(BELOW_SIX) })];
  const product = await keep(startProduct({ sinkUrl: NOWHERE, profileDir, flows }));
  const database = await keep(openDatabase(product));
  await printVersions(product);
  let before = await stored(database);
  return {
    side: { ...product, event: (event) => product.deliver(event, { score: 9 }) },
    async lostOf(posted) {
      const known = before;
      before = await stored(database);
      return known + posted - before;
    },
  };
}

const stored = ({ count }: Database): Promise<number> =>
  count("select count(*) from revision where outcome = 'no_rule_matched'");

const promisingNothing = (side: Side): Taker => ({ side, lostOf: () => Promise.resolve(0) });

const oneRound = (name: string, options: BenchOptions): Promise<Row[]> =>
  stopping(async (keep) => {
    const start = takers[name];
    if (!start) throw new Error(`There is no side called ${name}; there are ${Object.keys(takers).join(", ")}.`);
    const taker = await start(keep, options);
    await postAll(taker.side, WARM_UP);
    await taker.lostOf(WARM_UP.runs);
    const rows: Row[] = [];
    for (const concurrency of options.concurrencies)
      rows.push(await oneLoad({ name, ...taker }, { runs: options.runs, concurrency }));
    return rows;
  });

async function oneLoad(
  { name, side, lostOf }: Taker & { readonly name: string },
  amount: { readonly runs: number; readonly concurrency: number },
): Promise<Row> {
  const { runs, concurrency } = amount;
  const { result, cpuMsEach } = await spending(side, runs, () => postAll(side, amount));
  const { ackP50, ackP99, refused } = result;
  const lost = await lostOf(runs);
  const perSecond = perSecondOf(runs, result);
  print(`${name} at ${concurrency}: ${perSecond.toFixed(0)} events/s`);
  return {
    side: name,
    version: side.version,
    concurrency,
    perSecond,
    ackP50,
    ackP99,
    refused,
    lost,
    doubled: 0,
    cpuMsPerRun: cpuMsEach,
    pssMb: total(await memoryOf(side)),
  };
}

const perSecondOf = (runs: number, { from, until }: Posted): number => runs / ((until - from) / 1_000);

const HEADER = [
  "side",
  "at once",
  "events/s",
  "ack p50 ms",
  "ack p99 ms",
  "refused",
  "not kept",
  "MB",
  "CPU ms an event",
];

const report = (rows: readonly Row[]): void =>
  printTable(
    HEADER,
    rows.map((row) => [
      `${row.side} ${row.version}`,
      String(row.concurrency),
      row.perSecond.toFixed(0),
      row.ackP50.toFixed(1),
      row.ackP99.toFixed(1),
      String(row.refused),
      row.side === "product" ? String(row.lost) : "-",
      row.pssMb.toFixed(0),
      inWords(row.cpuMsPerRun),
    ]),
  );
