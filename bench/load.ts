import { Agent, request } from "undici";
import { eachOf } from "./each-of.js";
import { now } from "./now.js";
import { quantile } from "./quantile.js";
import type { Side } from "./side.js";
import type { Sink } from "./start-sink.js";

export interface Measured {
  /** Closed loops a second: from the first post to the last effect at the sink. */
  readonly perSecond: number;
  /** Milliseconds from post to answer. */
  readonly ackP50: number;
  readonly ackP99: number;
  /** Posts that were answered with an error, and sent again. */
  readonly refused: number;
  readonly lost: number;
  readonly doubled: number;
}

export interface Amount {
  readonly runs: number;
  readonly concurrency: number;
}

export const EFFECTS_PER_RUN = 3;
const SETTLE_MS = 60_000;

/** Posts `runs` events, `concurrency` at a time, and waits until every effect is there or nothing has come for a while. */
export async function load(
  side: Pick<Side, "name" | "event">,
  sink: Sink,
  { runs, concurrency, effectsPerRun = EFFECTS_PER_RUN }: Amount & { readonly effectsPerRun?: number },
): Promise<Measured> {
  await sink.reset();
  const { from, ackP50, ackP99, refused } = await postAll(side, { runs, concurrency });
  const { effects, doubled, lastAt } = await allThere(sink, runs * effectsPerRun);
  return {
    perSecond: effects === 0 ? 0 : effects / effectsPerRun / ((lastAt - from) / 1_000),
    ackP50,
    ackP99,
    refused,
    lost: runs * effectsPerRun - effects,
    doubled,
  };
}

export interface Posted extends Pick<Measured, "ackP50" | "ackP99" | "refused"> {
  /** Just before the first post and just after the last answer, milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
}

/** Posts `runs` events, `concurrency` at a time; every one must be taken in the end, as senders of webhooks see to it. */
export async function postAll(side: Pick<Side, "name" | "event">, { runs, concurrency }: Amount): Promise<Posted> {
  const agent = new Agent({ connections: concurrency, pipelining: 1 });
  const prefix = aPrefix();
  const events = Array.from({ length: runs }, (_, number) => `${prefix}${number}`);
  const from = now();
  const answers = await eachOf(events, concurrency, (event) => post(agent, side, event));
  const until = now();
  await agent.close();
  const acks = answers.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  const refused = answers.reduce((sum, { tries }) => sum + tries - 1, 0);
  return { from, until, ackP50: quantile(acks, 0.5), ackP99: quantile(acks, 0.99), refused };
}

/** Events of different loads never share a name. */
export const aPrefix = (): string => Math.random().toString(36).slice(2, 8);

const MOST_TRIES = 20;
const PAUSE_MS = 50;

interface Answered {
  /** Of the try that was taken. */
  readonly tookMs: number;
  readonly tries: number;
}

async function post(agent: Agent, side: Pick<Side, "name" | "event">, event: string, tries = 1): Promise<Answered> {
  const { url, headers, body } = side.event(event);
  const from = performance.now();
  const answer = await request(url, { dispatcher: agent, method: "POST", headers, body });
  await answer.body.dump();
  if (answer.statusCode < 300) return { tookMs: performance.now() - from, tries };
  if (tries === MOST_TRIES) throw new Error(`${side.name} answered ${answer.statusCode}, ${tries} times`);
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  return post(agent, side, event, tries + 1);
}

/** Until so many effects are there, or none has come for a minute. */
export async function allThere(sink: Sink, wanted: number) {
  let still = await sink.stats();
  let movedAt = Date.now();
  while (still.effects < wanted && Date.now() - movedAt < SETTLE_MS) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const stats = await sink.stats();
    if (stats.effects !== still.effects) movedAt = Date.now();
    still = stats;
  }
  return still;
}
