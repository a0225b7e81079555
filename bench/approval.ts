import { setTimeout as sleep } from "node:timers/promises";
import { Agent } from "undici";
import { aNode } from "../workflows/flow/testing/a-flow.js";
import { openDatabase, rescued, type Database } from "./database.js";
import { about, aCall, aFlowOf, allOf, anEnd, BELOW_SIX, STEPS, type NamedDraft } from "./drafts.js";
import { eachOf } from "./each-of.js";
import { load } from "./load.js";
import { measure, report } from "./measure.js";
import { quantile } from "./quantile.js";
import type { BenchOptions } from "./run.js";
import { startProduct, type Product } from "./sides/product.js";
import { approve, connectSlacks, startSlack, type Channel } from "./slack.js";
import { startSink } from "./start-sink.js";
import { stopping } from "./stopping.js";
import { print } from "./table.js";
import { takingTurns } from "./taking-turns.js";
import { driversStarted } from "./temporal.js";
import { printVersions } from "./versions.js";

const WARM_UP = { runs: 50, concurrency: 10 } as const;
const CLICKS_AT_ONCE = 10;
const LOOK_MS = 20;

/** `loop` with a manager in between, who presses "Approve" as soon as the product asks; Slack's pace is kept (`--slacks N`). */
export const approval = (options: BenchOptions): Promise<object> =>
  stopping(async (keep) => {
    const sink = await keep(startSink());
    const slack = await keep(startSlack());
    const { runs, concurrencies, profileDir } = options;
    const product = await keep(startProduct({ sinkUrl: sink.url, reaches: [slack.host], profileDir, flows: [] }));
    const database = await keep(openDatabase(product));
    await printVersions(product);
    const channels = await connectSlacks(product, slack, Number(options.option("slacks") ?? 1));
    const flows = flowsFor(channels, sink.url);
    for (const flow of flows) await product.publish(flow);
    const manager = await keep(Promise.resolve(startManager(product, database)));
    const nextFlow = takingTurns(flows);
    const side = { ...product, event: (event: string) => product.deliver(event, { product: nextFlow().name }) };
    await load(side, sink, WARM_UP);
    const concurrency = concurrencies[0] ?? 20;
    const row = await measure({ name: "with an approval", side, sink }, { runs, concurrency });
    report([row]);
    const clicks = manager.clicks().toSorted((a, b) => a - b);
    const click = { p50: quantile(clicks, 0.5), p99: quantile(clicks, 0.99) };
    print(`click answered: p50 ${click.p50.toFixed(0)} ms, p99 ${click.p99.toFixed(0)} ms`);
    const handedOver = (await driversStarted(product)) / (runs + WARM_UP.runs);
    return { ...row, click, handedOver, rescued: await rescued(database) };
  });

/** One for each channel, which takes the events about its own name. */
const flowsFor = (channels: readonly Channel[], sinkUrl: string): NamedDraft[] =>
  channels.map((channel, index) => {
    const name = `Ask${index}`;
    const ask = aNode("approval", "ask", { ...channel });
    const calls = STEPS.map((step) => aCall(step, { sinkUrl, honoured: true }));
    const ends = [...STEPS.map((step) => anEnd(`${step}Done`)), anEnd("no", "rejected"), anEnd("late", "expired")];
    const ways = STEPS.flatMap((step) => [`ask:approved > ${step}`, `${step} > ${step}Done`]);
    return aFlowOf(name, allOf(about(name), BELOW_SIX), {
      nodes: [ask, ...calls, ...ends],
      edges: ["start > ask", "ask:rejected > no", "ask:expired > late", ...ways].join(", "),
    });
  });

/** Presses "Approve" on whatever is asked, until stopped. */
function startManager(product: Product, { query }: Database) {
  const agent = new Agent({ connections: CLICKS_AT_ONCE, pipelining: 1 });
  const clicks: number[] = [];
  const isOver = new AbortController();
  const turn = async (): Promise<void> => {
    const asked = await query("select id from approval where state = 'pending' order by id limit 100");
    clicks.push(...(await eachOf(asked, CLICKS_AT_ONCE, ({ id }) => approve(agent, product, String(id)))));
    await sleep(LOOK_MS);
  };
  const pressing = (async () => {
    while (!isOver.signal.aborted) await turn();
  })();
  return {
    clicks: (): readonly number[] => clicks,
    async stop() {
      isOver.abort();
      await pressing.finally(() => agent.close());
    },
  };
}
