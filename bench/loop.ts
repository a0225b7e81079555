import { mediansOf, ratioOf } from "./compare.js";
import { load } from "./load.js";
import { measure, report, type Row } from "./measure.js";
import { leftOut } from "./peers/left-out.js";
import { restartProfiles } from "./profiles.js";
import type { BenchOptions } from "./run.js";
import type { Side, SideOptions } from "./side.js";
import { startOnMachineNode } from "./sides/machine-node.js";
import { startN8n } from "./sides/n8n.js";
import { startNodeRed } from "./sides/node-red.js";
import { startProduct } from "./sides/product.js";
import { startRawTemporal } from "./sides/raw-temporal.js";
import { startRealClients } from "./sides/real-clients.js";
import { startSink, type Sink } from "./start-sink.js";
import { stopping } from "./stopping.js";
import { print } from "./table.js";

const sides: Readonly<Record<string, (options: SideOptions) => Promise<Side>>> = {
  product: startProduct,
  machineNode: startOnMachineNode,
  realClients: startRealClients,
  nodeRed: startNodeRed,
  n8n: startN8n,
  rawTemporal: startRawTemporal,
};

/** Ours, which are three ways of one product; the others are called as they are. */
const titles: Readonly<Record<string, string>> = {
  product: "Loopwright",
  machineNode: "Loopwright, the machine's Node",
  realClients: "Loopwright, real clients",
};

/** Before anything is counted: the engines compile what is hot, caches fill. */
const WARM_UP = { runs: 200, concurrency: 20 } as const;

/** Two full batches never hold two runs of one account. */
const ACCOUNTS = 200;

/**
 * Webhook → condition → three calls, all sides on one machine, rounds interleaved; medians of the rounds. Effects are counted at the
 * sink, so what a side loses or doubles is part of its result.
 */
export async function loop(options: BenchOptions): Promise<object> {
  const names = options.sides ?? Object.keys(sides);
  const rows = await allRounds(names, options);
  const medians = mediansOf(rows);
  report(medians.map((row) => ({ ...row, side: titles[row.side] ?? row.side })));
  const realToHttp = ratioOf(medians, "realClients", "product");
  if (realToHttp !== null) print(`real clients: ${realToHttp.toFixed(2)} × plain HTTP`);
  const own = rows.filter(({ side }) => side in titles);
  const peers = names.filter((name) => !(name in titles));
  return {
    ratios: Object.fromEntries(peers.map((peer) => [peer, ratioOf(medians, "product", peer)])),
    realToHttp,
    lost: own.reduce((sum, { lost }) => sum + lost, 0),
    doubled: own.reduce((sum, { doubled }) => sum + doubled, 0),
    rows: medians,
  };
}

const allRounds = (names: readonly string[], options: BenchOptions): Promise<Row[]> =>
  stopping(async (keep) => {
    const sink = await keep(startSink());
    const rows: Row[] = [];
    for (let round = 0; round < options.rounds; round += 1)
      for (const name of names) rows.push(...(await oneRound(name, sink, options).catch(leftOut)));
    return rows;
  });

const oneRound = (name: string, sink: Sink, options: BenchOptions): Promise<Row[]> =>
  stopping(async (keep) => {
    const start = sides[name];
    if (!start) throw new Error(`There is no side called ${name}; there are ${Object.keys(sides).join(", ")}.`);
    const { runs, profileDir } = options;
    const accounts = Number(options.option("accounts") ?? ACCOUNTS);
    const side = await keep(start({ sinkUrl: sink.url, profileDir, accounts }));
    await load(side, sink, { ...WARM_UP, runs: Math.max(side.ways ?? 0, Math.min(runs, WARM_UP.runs)) });
    if (profileDir && name in titles) await restartProfiles(side);
    const rows: Row[] = [];
    for (const concurrency of options.concurrencies)
      rows.push(await measure({ name, side, sink }, { runs, concurrency }));
    return rows;
  });
