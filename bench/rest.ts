import { setTimeout as sleep } from "node:timers/promises";
import { noneOpen, openDatabase, rescued, type Database } from "./database.js";
import { allThere, aPrefix, EFFECTS_PER_RUN } from "./load.js";
import { postOne, type Post } from "./post-one.js";
import { quantile } from "./quantile.js";
import type { BenchOptions } from "./run.js";
import { startProduct, type Product } from "./sides/product.js";
import { memoryOf, total } from "./spending.js";
import { startSink, type Sink } from "./start-sink.js";
import { stopping } from "./stopping.js";
import { print, printTable } from "./table.js";
import { printVersions } from "./versions.js";

const WARM_UP = 20;
/** After a run is over, before the next event comes. */
const PAUSE_MS = 50;

/** One event at a time into a product at rest: how long until its first effect is at the sink. */
export const rest = ({ runs, profileDir }: BenchOptions): Promise<object> =>
  stopping(async (keep) => {
    const sink = await keep(startSink());
    const product = await keep(startProduct({ sinkUrl: sink.url, profileDir }));
    const database = await keep(openDatabase(product));
    await printVersions(product);
    const restMb = total(await memoryOf(product));
    await oneByOne(product, database, WARM_UP);
    await sink.reset();
    const posts = await oneByOne(product, database, runs);
    return report(posts, sink, { restMb, rescued: await rescued(database), stages: await stagesOf(database, runs) });
  });

async function oneByOne(product: Product, database: Database, runs: number): Promise<Post[]> {
  const prefix = aPrefix();
  const posts: Post[] = [];
  for (let number = 0; number < runs; number += 1) {
    posts.push(await postOne(product.deliver, `${prefix}${number}`));
    await noneOpen(database);
    await sleep(PAUSE_MS);
  }
  return posts;
}

async function report(
  posts: readonly Post[],
  sink: Sink,
  beside: { restMb: number; rescued: number; stages: Stages },
): Promise<object> {
  const first = await sink.first();
  const { effects, doubled } = await allThere(sink, posts.length * EFFECTS_PER_RUN);
  const took = posts.flatMap(({ event, at }) => {
    const arrived = first[event];
    return arrived === undefined ? [] : [arrived - at];
  });
  const figures = {
    events: posts.length,
    firstEffectMs: quantiles(took),
    ackMs: quantiles(posts.map(({ at, ackAt }) => ackAt - at)),
    lost: posts.length * EFFECTS_PER_RUN - effects,
    doubled,
    ...beside,
  };
  printTable(
    ["one event at rest", "p50 ms", "p90 ms", "p99 ms", "most ms"],
    [
      ["acknowledged", ...inWords(figures.ackMs)],
      ["  stored → first fact", ...inWords(beside.stages.begun)],
      ["  first fact → claimed", ...inWords(beside.stages.claimed)],
      ["first effect at the sink", ...inWords(figures.firstEffectMs)],
    ],
  );
  const { lost, restMb } = figures;
  print(
    `${posts.length} events: ${lost} effects lost, ${doubled} doubled, ${beside.rescued} runs rescued; ${restMb.toFixed(0)} MB before the first`,
  );
  return figures;
}

interface Stages {
  readonly begun: Quantiles;
  readonly claimed: Quantiles;
}

/** Of the newest runs: how long from the stored event to the first fact, and from there until the first effect was claimed. */
async function stagesOf({ query }: Database, runs: number): Promise<Stages> {
  const rows = await query(
    `select 1000 * extract(epoch from begun_at - created_at) as begun, 1000 * extract(epoch from claimed_at - begun_at) as claimed
     from (select created_at, (select at from run_fact where run_id = run.id and seq = 1) as begun_at,
       (select min(first_sending_at) from effect where owner_id = run.id) as claimed_at from run order by id desc limit $1) as newest`,
    [runs],
  );
  const of = (name: string): Quantiles => quantiles(rows.map((row) => Number(row[name])));
  return { begun: of("begun"), claimed: of("claimed") };
}

interface Quantiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly most: number;
}

function quantiles(values: readonly number[]): Quantiles {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    p50: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    p99: quantile(sorted, 0.99),
    most: quantile(sorted, 1),
  };
}

const inWords = ({ p50, p90, p99, most }: Quantiles): string[] => [p50, p90, p99, most].map((ms) => ms.toFixed(1));
