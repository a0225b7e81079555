import { setTimeout as sleep } from "node:timers/promises";
import { hashToken, randomToken } from "../server/members/random-token.js";
import { uuidv7 } from "../workflows/ledger/uuid.js";
import { noneOpen, openDatabase, rescued, type Database } from "./database.js";
import { threeCalls } from "./drafts.js";
import { allThere, aPrefix, EFFECTS_PER_RUN, postAll } from "./load.js";
import { now } from "./now.js";
import { postOne, type Post } from "./post-one.js";
import { quantile } from "./quantile.js";
import type { BenchOptions } from "./run.js";
import { startProduct, type Product, type Workspace } from "./sides/product.js";
import { startSink, type Sink } from "./start-sink.js";
import { stopping } from "./stopping.js";
import { print, printTable } from "./table.js";
import { printVersions } from "./versions.js";

const WARM_UP = { runs: 200, concurrency: 20 } as const;
/** Before the backlog begins: how long it takes when nobody else is there. */
const AT_REST = 15;
const EVERY_MS = 1_000;

/**
 * One workspace's backlog, and another's single events beside it, one every second until the backlog is gone: how long each waits
 * between its acknowledgement and its first effect. The backlog comes in while the worker stands still, as after an outage.
 */
export const fairness = (options: BenchOptions): Promise<object> =>
  stopping(async (keep) => {
    const sink = await keep(startSink());
    const { runs, concurrencies, profileDir } = options;
    const product = await keep(startProduct({ sinkUrl: sink.url, profileDir }));
    const database = await keep(openDatabase(product));
    await printVersions(product);
    const other = await anotherWorkspace(product, database);
    await other.publish(threeCalls({ sinkUrl: sink.url }));
    await postAll(product, WARM_UP);
    await postAll({ name: "the other workspace", event: other.deliver }, { ...WARM_UP, runs: 20 });
    await noneOpen(database);
    await sink.reset();
    const atRest = await singles(other, (posted) => posted >= AT_REST);
    await noneOpen(database);
    const worker = await workerOf(product);
    process.kill(worker, "SIGSTOP");
    await postAll(product, { runs, concurrency: concurrencies[0] ?? 20 }).finally(() =>
      process.kill(worker, "SIGCONT"),
    );
    print(`${runs} events stand in the backlog`);
    const from = now();
    const isOver = watchOver(sink, EFFECTS_PER_RUN * (runs + AT_REST));
    const beside = await singles(other, isOver);
    const { effects, doubled, lastAt } = await allThere(sink, EFFECTS_PER_RUN * (runs + atRest.length + beside.length));
    await noneOpen(database);
    const first = await sink.first();
    const lost = EFFECTS_PER_RUN * (runs + atRest.length + beside.length) - effects;
    const perSecond = runs / ((lastAt - from) / 1_000);
    return report(
      { atRest: waits(atRest, first), beside: waits(beside, first) },
      {
        backlog: runs,
        perSecond,
        lost,
        doubled,
        rescued: await rescued(database),
      },
    );
  });

/** As an operator would: no page and no command makes a second workspace, so its row and its administrator's token are inserted. */
async function anotherWorkspace(product: Product, { query }: Database): Promise<Workspace> {
  const [id, token] = [uuidv7(), randomToken("lwt_")];
  await query("insert into workspace (id, name, created_at) values ($1, 'Another', lw_now())", [id]);
  await query(
    `insert into api_token (id, workspace_id, token_hash, name, role, created_at)
     values ($1, $2, $3, 'Bench', 'admin', lw_now())`,
    [uuidv7(), id, hashToken(token)],
  );
  return product.workspaceOf(token);
}

async function workerOf(product: Product): Promise<number> {
  const worker = (await product.processes()).find(({ name }) => name === "worker");
  if (!worker) throw new Error("The product lists no worker.");
  return worker.pid;
}

/** One event every second, until it is over; nobody waits for what becomes of them. */
async function singles({ deliver }: Workspace, isOver: (posted: number) => boolean): Promise<Post[]> {
  const prefix = aPrefix();
  const posted: Post[] = [];
  while (!isOver(posted.length)) {
    const nextAt = now() + EVERY_MS;
    posted.push(await postOne(deliver, `${prefix}${posted.length}`));
    await sleep(Math.max(0, nextAt - now()));
  }
  return posted;
}

/** Whether so many effects and those of what was posted since are there; the sink is asked beside the posting. */
function watchOver(sink: Sink, backlog: number): (posted: number) => boolean {
  let effects = 0;
  let asking = false;
  return (posted) => {
    if (!asking) {
      asking = true;
      void sink
        .stats()
        .then((stats) => (effects = stats.effects))
        .finally(() => (asking = false));
    }
    // The latest of them may still be under way.
    return effects >= backlog + EFFECTS_PER_RUN * Math.max(0, posted - 1);
  };
}

/** Milliseconds from acknowledgement to first effect, ascending; what never came is counted as lost, not here. */
const waits = (posted: readonly Post[], first: Readonly<Record<string, number>>): number[] =>
  posted
    .flatMap(({ event, ackAt }) => {
      const arrived = first[event];
      // A worker may be quicker than the answer's way back.
      return arrived === undefined ? [] : [Math.max(0, arrived - ackAt)];
    })
    .sort((a, b) => a - b);

interface Waits {
  readonly atRest: readonly number[];
  readonly beside: readonly number[];
}

interface Outcome {
  readonly backlog: number;
  /** Of the backlog. */
  readonly perSecond: number;
  readonly lost: number;
  readonly doubled: number;
  readonly rescued: number;
}

function report({ atRest, beside }: Waits, outcome: Outcome): object {
  const rows = { "at rest": quantiles(atRest), [`beside ${outcome.backlog}`]: quantiles(beside) };
  printTable(
    ["another workspace's event", "events", "p50 ms", "p95 ms", "most ms"],
    Object.entries(rows).map(([name, { events, p50, p95, most }]) => [
      name,
      String(events),
      ...[p50, p95, most].map((ms) => ms.toFixed(0)),
    ]),
  );
  const { perSecond, lost, doubled, rescued: moved } = outcome;
  print(`backlog: ${perSecond.toFixed(1)} runs/s; ${lost} effects lost, ${doubled} doubled, ${moved} runs rescued`);
  return { ...outcome, atRest: quantiles(atRest), beside: quantiles(beside) };
}

const quantiles = (sorted: readonly number[]) => ({
  events: sorted.length,
  p50: quantile(sorted, 0.5),
  p95: quantile(sorted, 0.95),
  most: quantile(sorted, 1),
});
