import { noneOpen, openDatabase, type Database } from "./database.js";
import { about, allOf, BELOW_SIX, doingNothing } from "./drafts.js";
import { eachOf } from "./each-of.js";
import { postAll, type Posted } from "./load.js";
import type { BenchOptions } from "./run.js";
import { startProduct, type Product } from "./sides/product.js";
import { inWords, spending, total } from "./spending.js";
import { stopping } from "./stopping.js";
import { middleOf, print, printTable } from "./table.js";
import { takingTurns } from "./taking-turns.js";
import { printVersions } from "./versions.js";

interface Row extends Pick<Posted, "ackP50" | "ackP99"> {
  readonly flows: number;
  /** Acknowledged events a second. */
  readonly perSecond: number;
  readonly cpuMsPerEvent: Readonly<Record<string, number>>;
  /** Milliseconds an event that api and database spent. */
  readonly costMs: number;
  /** Runs that started less or more than one for each event. */
  readonly astray: number;
}

const SIZES = "1,100,1000";
const WARM_UP = 300;
const PUBLISHERS = 4;
const NOWHERE = "http://127.0.0.1:9";
/** Whose work grows with the number of flows, if anybody's does. */
const COUNTED = ["api", "postgres"];

/** From one published flow to a thousand, of which each event matches exactly one: what an event costs. */
export async function flows(options: BenchOptions): Promise<object> {
  const sizes = (options.option("flows") ?? SIZES).split(",").map(Number);
  const rows: Row[] = [];
  for (let round = 0; round < options.rounds; round += 1) rows.push(...(await oneRound(sizes, options)));
  const medians = sizes.map((size) =>
    middleOf(
      rows.filter(({ flows: count }) => count === size),
      ({ costMs }) => costMs,
    ),
  );
  report(medians);
  const [least, most] = [medians[0], medians.at(-1)];
  return {
    ratio: least && most ? most.costMs / least.costMs : null,
    apiRatio: least && most ? apiOf(most) / apiOf(least) : null,
    astray: rows.reduce((sum, { astray }) => sum + Math.abs(astray), 0),
    rows: medians,
  };
}

const apiOf = ({ cpuMsPerEvent }: Row): number => cpuMsPerEvent["api"] ?? Number.NaN;

/** The same product grows: what was published stays. */
const oneRound = (sizes: readonly number[], options: BenchOptions): Promise<Row[]> =>
  stopping(async (keep) => {
    const { profileDir } = options;
    const product = await keep(startProduct({ sinkUrl: NOWHERE, profileDir, flows: [] }));
    const database = await keep(openDatabase(product));
    await printVersions(product);
    const rows: Row[] = [];
    let published = 0;
    for (const size of sizes) {
      const topics = Array.from({ length: size }, (_, flow) => `P${flow}`);
      await publishAbout(product, topics.slice(published));
      published = size;
      rows.push(await measured({ product, database, topics }, options));
    }
    return rows;
  });

async function publishAbout(product: Product, topics: readonly string[]): Promise<void> {
  await eachOf(topics, PUBLISHERS, (topic) =>
    product.publish(doingNothing(`About ${topic}`, allOf(about(topic), BELOW_SIX))),
  );
}

interface Place {
  readonly product: Product;
  readonly database: Database;
  /** What the published flows are about, each about one. */
  readonly topics: readonly string[];
}

async function measured({ product, database, topics }: Place, options: BenchOptions): Promise<Row> {
  const { runs, concurrencies } = options;
  const concurrency = concurrencies[0] ?? 20;
  const nextTopic = takingTurns(topics);
  const side = { name: product.name, event: (event: string) => product.deliver(event, { product: nextTopic() }) };
  const post = async (count: number): Promise<Posted> => {
    const posted = await postAll(side, { runs: count, concurrency });
    await noneOpen(database);
    return posted;
  };
  await post(Math.min(WARM_UP, runs));
  const before = await allRuns(database);
  const { result, cpuMsEach } = await spending(product, runs, () => post(runs));
  const astray = (await allRuns(database)) - before - runs;
  const perSecond = runs / ((result.until - result.from) / 1_000);
  const costMs = total(cpuMsEach, COUNTED);
  print(`${topics.length} flows: ${perSecond.toFixed(0)} events/s, ${costMs.toFixed(2)} ms an event`);
  const { ackP50, ackP99 } = result;
  return { flows: topics.length, perSecond, ackP50, ackP99, cpuMsPerEvent: cpuMsEach, costMs, astray };
}

const allRuns = ({ count }: Database): Promise<number> => count("select count(*) from run");

const HEADER = ["flows", "events/s", "ack p50 ms", "ack p99 ms", "api + postgres ms", "CPU ms an event", "astray"];

const report = (rows: readonly Row[]): void =>
  printTable(
    HEADER,
    rows.map((row) => [
      String(row.flows),
      row.perSecond.toFixed(0),
      row.ackP50.toFixed(1),
      row.ackP99.toFixed(1),
      row.costMs.toFixed(2),
      inWords(row.cpuMsPerEvent),
      String(row.astray),
    ]),
  );
