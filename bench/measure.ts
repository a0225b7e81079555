import { load, type Measured } from "./load.js";
import type { Side } from "./side.js";
import type { Sink } from "./start-sink.js";
import { inWords, memoryOf, spending, total } from "./spending.js";
import { print, printTable } from "./table.js";

export interface Row extends Measured {
  readonly side: string;
  readonly version: string;
  readonly concurrency: number;
  readonly cpuMsPerRun: Readonly<Record<string, number>>;
  readonly pssMb: number;
}

interface Place {
  readonly name: string;
  readonly side: Side;
  readonly sink: Sink;
}

/** One load, with what each process spent on it. */
export async function measure(
  { name, side, sink }: Place,
  wanted: { runs: number; concurrency: number },
): Promise<Row> {
  const { concurrency, runs } = wanted;
  const { result, cpuMsEach } = await spending(side, runs, () => load(side, sink, wanted));
  print(`${name} at ${concurrency}: ${result.perSecond.toFixed(1)} runs/s`);
  return {
    side: name,
    version: side.version,
    concurrency,
    ...result,
    cpuMsPerRun: cpuMsEach,
    pssMb: total(await memoryOf(side)),
  };
}

const HEADER = [
  "side",
  "at once",
  "runs/s",
  "ack p50 ms",
  "ack p99 ms",
  "refused",
  "lost",
  "doubled",
  "MB",
  "CPU ms a run",
];

export function report(rows: readonly Row[]): void {
  printTable(
    HEADER,
    rows.map((row) => [
      `${row.side} ${row.version}`,
      String(row.concurrency),
      row.perSecond.toFixed(1),
      row.ackP50.toFixed(1),
      row.ackP99.toFixed(1),
      String(row.refused),
      String(row.lost),
      String(row.doubled),
      row.pssMb.toFixed(0),
      inWords(row.cpuMsPerRun),
    ]),
  );
}
