import { setTimeout as sleep } from "node:timers/promises";
import { Agent } from "undici";
import { aNode } from "../workflows/flow/testing/a-flow.js";
import { openDatabase, reaching, rescued, type Database } from "./database.js";
import { about, aCall, aFlowOf, allOf, anEnd, BELOW_SIX, doingNothing, type NamedDraft } from "./drafts.js";
import { eachOf } from "./each-of.js";
import { allThere, postAll } from "./load.js";
import { now } from "./now.js";
import { quantile } from "./quantile.js";
import type { BenchOptions } from "./run.js";
import { startProduct, type Product } from "./sides/product.js";
import { approve, connectSlacks, startSlack, type Channel, type Slack } from "./slack.js";
import { inWords, memoryOf, spending, total } from "./spending.js";
import { startSink, type Sink } from "./start-sink.js";
import { stopping } from "./stopping.js";
import { print, printTable } from "./table.js";
import { takingTurns } from "./taking-turns.js";
import { printVersions } from "./versions.js";

const WARM_UP = { runs: 300, concurrency: 20 } as const;
const CLICKS_AT_ONCE = 20;
/** At rest a process gives back what it needs no more, once it has rested for twenty to forty seconds. */
const SETTLE_MS = 60_000;
/** Runs a second at which everything waits in time for the timers, and what is added for publishing and for memory to settle twice. */
const SLOWEST = 50;
const SPARE_MS = 70_000 + 2 * SETTLE_MS;
const MINUTE_MS = 60_000;

interface Place {
  readonly product: Product;
  readonly database: Database;
  readonly sink: Sink;
  /** When every timer is due, milliseconds since the epoch: a full minute. */
  readonly due: number;
  readonly channels: readonly Channel[];
  readonly runs: number;
  readonly concurrency: number;
}

/**
 * Runs that wait, half of them for a moment, half for a person: how fast they come to wait, what they hold in memory, and how fast they
 * go on when all timers are due at once, and then when all approvals are decided, by Slack's own route. A run went on when the effect
 * after its wait is at the sink. Slack's pace (200 messages a minute into a workspace) is kept: `--slacks N` connects more workspaces.
 */
export const wait = (options: BenchOptions): Promise<object> =>
  stopping(async (keep) => {
    const sink = await keep(startSink());
    const slack = await keep(startSlack());
    const product = await keep(startWaiting({ sink, slack }, options));
    const database = await keep(openDatabase(product));
    await printVersions(product);
    const channels = await connectSlacks(product, slack, Number(options.option("slacks") ?? 1));
    const { runs, concurrencies } = options;
    const leadMs = Number(options.option("lead") ?? 0) * 1_000 || SPARE_MS + (runs / SLOWEST) * 1_000;
    const due = Math.ceil((Date.now() + leadMs) / MINUTE_MS) * MINUTE_MS;
    return measured({ product, database, sink, due, channels, runs, concurrency: concurrencies[0] ?? 50 });
  });

const startWaiting = ({ sink, slack }: { sink: Sink; slack: Slack }, { profileDir }: BenchOptions): Promise<Product> =>
  startProduct({
    sinkUrl: sink.url,
    reaches: [slack.host],
    profileDir,
    flows: [doingNothing("Warm-up", allOf(about("WarmUp")))],
  });

async function measured(place: Place): Promise<object> {
  const { product, database, sink } = place;
  await postAll({ ...product, event: (event) => product.deliver(event, { product: "WarmUp" }) }, WARM_UP);
  for (const flow of [timerFlow(place), ...askFlows(place)]) await product.publish(flow);
  await sleep(SETTLE_MS);
  const atRest = await memoryOf(product);
  const created = await create(place);
  await sleep(SETTLE_MS);
  const whileWaiting = await memoryOf(product);
  if (now() > place.due)
    throw new Error("The timers were due before everything waited: give more time with --lead SECONDS.");
  const timers = await timersWake(place);
  await sink.reset();
  const approvals = await approvalsWake(place);
  const memory = { atRest, whileWaiting, overRestMb: total(whileWaiting) - total(atRest) };
  const end = { stillOpen: await openInTheEnd(database), rescued: await rescued(database) };
  const lost = timers.lost + approvals.lost;
  const doubled = timers.doubled + approvals.doubled;
  const figures = { runs: place.runs, created, timers, approvals, lost, doubled, ...memory, ...end };
  report(figures);
  return { ...figures, wakePerSecond: Math.min(timers.perSecond, approvals.perSecond) };
}

const woken = ({ sink }: Place) => aCall("woken", { sinkUrl: sink.url, honoured: true });

function timerFlow(place: Place): NamedDraft {
  const time = new Date(place.due).toISOString().slice(11, 16);
  const pause = aNode("wait", "pause", { mode: "until", time, zone: "UTC", days: [1, 2, 3, 4, 5, 6, 7] });
  return aFlowOf("Timer", allOf(about("Timer"), BELOW_SIX), {
    nodes: [pause, woken(place), anEnd("over")],
    edges: "start > pause, pause > woken, woken > over",
  });
}

const askingAbout = (channel: number): string => `Ask${channel}`;

const askFlows = (place: Place): NamedDraft[] =>
  place.channels.map((channel, index) => {
    const topic = askingAbout(index);
    const ask = aNode("approval", "ask", { ...channel, expiresAfter: { amount: 2, unit: "days" } });
    return aFlowOf(topic, allOf(about(topic), BELOW_SIX), {
      nodes: [ask, woken(place), anEnd("over"), anEnd("no", "rejected"), anEnd("late", "expired")],
      edges: "start > ask, ask:approved > woken, woken > over, ask:rejected > no, ask:expired > late",
    });
  });

const timersOf = ({ runs }: Place): number => Math.ceil(runs / 2);

async function create(place: Place) {
  const { product, database, runs, concurrency, channels } = place;
  const nextTopic = takingTurns(channels.flatMap((_, index) => ["Timer", askingAbout(index)]));
  const side = { ...product, event: (event: string) => product.deliver(event, { product: nextTopic() }) };
  const { result, cpuMsEach } = await spending(product, runs, async () => {
    const posted = await postAll(side, { runs, concurrency });
    await reaching(() => database.count(WAITING), runs, { everyMs: 250 });
    return { ...posted, until: now() };
  });
  const perSecond = runs / ((result.until - result.from) / 1_000);
  print(`${runs} runs wait: ${perSecond.toFixed(1)} a second`);
  return { perSecond, ackP50: result.ackP50, ackP99: result.ackP99, cpuMsPerRun: cpuMsEach };
}

/** A run that asked waits for the answer, whether or not its card stands in Slack yet. */
const WAITING = `
  select (select count(*) from approval where state = 'pending')
    + (select count(*) from run join flow on flow.id = run.flow_id where flow.name = 'Timer' and run.state = 'waiting')`;

interface Woken {
  /** From the moment they were due, or the first click, to the last effect. */
  readonly perSecond: number;
  readonly lost: number;
  readonly doubled: number;
}

async function timersWake(place: Place) {
  const { product, sink, due } = place;
  await sleep(due - now());
  const count = timersOf(place);
  const { result: wakened, cpuMsEach } = await spending(product, count, () => wakeOf(sink, count, due));
  const late = Object.values(await sink.first()).map((at) => at - due);
  late.sort((a, b) => a - b);
  print(`timers: ${wakened.perSecond.toFixed(1)} runs a second`);
  return { ...wakened, cpuMsPerRun: cpuMsEach, lateP50: quantile(late, 0.5), lateP99: quantile(late, 0.99) };
}

async function wakeOf(sink: Sink, count: number, from: number): Promise<Woken> {
  const { effects, doubled, lastAt } = await allThere(sink, count);
  return { perSecond: effects === 0 ? 0 : effects / ((lastAt - from) / 1_000), lost: count - effects, doubled };
}

async function approvalsWake(place: Place) {
  const { product, database } = place;
  const pending = await database.query("select id from approval where state = 'pending' order by id");
  const cards = await database.count("select count(*) from effect where slot = 'card' and state = 'done'");
  const ids = pending.map(({ id }) => String(id));
  const { result, cpuMsEach } = await spending(product, ids.length, () => decideAll(place, ids));
  print(`approvals: ${result.perSecond.toFixed(1)} runs a second`);
  return { ...result, cpuMsPerRun: cpuMsEach, cardsPosted: cards };
}

async function decideAll(place: Place, ids: readonly string[]) {
  const { product, sink, runs } = place;
  const agent = new Agent({ connections: CLICKS_AT_ONCE, pipelining: 1 });
  const from = now();
  const clicks = await eachOf(ids, CLICKS_AT_ONCE, (id) => approve(agent, product, id));
  await agent.close();
  const wakened = await wakeOf(sink, runs - timersOf(place), from);
  clicks.sort((a, b) => a - b);
  return { ...wakened, clickP50: quantile(clicks, 0.5), clickP99: quantile(clicks, 0.99) };
}

/** What Slack's pace still keeps open is told, not waited for. */
async function openInTheEnd({ count }: Database): Promise<number> {
  const open = (): Promise<number> => count("select count(*) from run where finished_at is null");
  await reaching(open, 0, { patienceMs: 10_000 }).catch(() => undefined);
  return open();
}

interface Costing {
  readonly perSecond: number;
  readonly cpuMsPerRun: Readonly<Record<string, number>>;
}

interface Figures {
  readonly runs: number;
  readonly created: Costing & { readonly ackP50: number; readonly ackP99: number };
  readonly timers: Costing & { readonly lateP50: number; readonly lateP99: number };
  readonly approvals: Costing & { readonly clickP50: number; readonly clickP99: number; readonly cardsPosted: number };
  readonly lost: number;
  readonly doubled: number;
  readonly atRest: Readonly<Record<string, number>>;
  readonly whileWaiting: Readonly<Record<string, number>>;
  readonly overRestMb: number;
  readonly stillOpen: number;
  readonly rescued: number;
}

function report(figures: Figures): void {
  const { runs, created, timers, approvals, atRest, whileWaiting, overRestMb } = figures;
  const row = (what: string, { perSecond, cpuMsPerRun }: Costing, p50: string, p99: string): string[] => [
    what,
    perSecond.toFixed(1),
    p50,
    p99,
    `${total(cpuMsPerRun).toFixed(1)}: ${inWords(cpuMsPerRun)}`,
  ];
  const ms = (value: number): string => value.toFixed(0);
  printTable(
    [`${runs} runs`, "runs/s", "p50 ms", "p99 ms", "CPU ms a run"],
    [
      row("come to wait (ack)", created, ms(created.ackP50), ms(created.ackP99)),
      row("timers, all due at once (late)", timers, ms(timers.lateP50), ms(timers.lateP99)),
      row("approvals (click)", approvals, ms(approvals.clickP50), ms(approvals.clickP99)),
    ],
  );
  print(`memory (PSS): at rest ${total(atRest).toFixed(0)} MB (${inWords(atRest, 0)}),`);
  print(
    `  while all wait ${total(whileWaiting).toFixed(0)} MB (${inWords(whileWaiting, 0)}): ${overRestMb.toFixed(0)} MB more`,
  );
  const { lost, doubled, rescued: moved, stillOpen } = figures;
  print(
    `lost ${lost}, doubled ${doubled}, rescued ${moved}; ${approvals.cardsPosted} cards stood in Slack; ${stillOpen} runs open in the end`,
  );
}
