import { approval } from "./approval.js";
import { cost } from "./cost.js";
import { editor } from "./editor.js";
import { fairness } from "./fairness.js";
import { faults } from "./faults.js";
import { flows } from "./flows.js";
import { ingest } from "./ingest.js";
import { loop } from "./loop.js";
import { printProfiles, readProfiles } from "./profiles.js";
import { rest } from "./rest.js";
import { stored } from "./stored.js";
import { wait } from "./wait.js";

export interface BenchOptions {
  readonly runs: number;
  readonly rounds: number;
  readonly concurrencies: readonly number[];
  readonly sides: readonly string[] | null;
  readonly profileDir: string | undefined;
  /** What only one bench knows, as it was typed. */
  readonly option: (name: string) => string | undefined;
}

interface Bench {
  readonly perform: (options: BenchOptions) => Promise<object>;
  /** Where the command line does not say it. */
  readonly runs: number;
  readonly rounds: number;
  readonly concurrency: string;
}

/** `npm run bench -- NAME [--runs N] [--rounds N] [--concurrency N,N] [--sides A,B] [--json] [--profile FOLDER]` */
const benches: Readonly<Record<string, Bench>> = {
  loop: { perform: loop, runs: 2_000, rounds: 3, concurrency: "1,20,100" },
  ingest: { perform: ingest, runs: 5_000, rounds: 3, concurrency: "20,100" },
  rest: { perform: rest, runs: 100, rounds: 1, concurrency: "1" },
  wait: { perform: wait, runs: 10_000, rounds: 1, concurrency: "50" },
  flows: { perform: flows, runs: 2_000, rounds: 3, concurrency: "20" },
  stored: { perform: stored, runs: 2_000, rounds: 3, concurrency: "20" },
  faults: { perform: faults, runs: 2_000, rounds: 3, concurrency: "20" },
  fairness: { perform: fairness, runs: 100_000, rounds: 1, concurrency: "50" },
  cost: { perform: cost, runs: 2_000, rounds: 1, concurrency: "50" },
  approval: { perform: approval, runs: 500, rounds: 1, concurrency: "20" },
  editor: { perform: editor, runs: 120, rounds: 3, concurrency: "1" },
};

const [name = "", ...given] = process.argv.slice(2);
const valueOf = (option: string): string | undefined => given[given.indexOf(`--${option}`) + 1 || given.length];
const bench = benches[name];
if (!bench) {
  process.stderr.write(`Which one? ${Object.keys(benches).join(", ")}\n`);
  process.exit(2);
}
const profileDir = valueOf("profile");
const result = await bench.perform({
  runs: Number(valueOf("runs") ?? bench.runs),
  rounds: Number(valueOf("rounds") ?? bench.rounds),
  concurrencies: (valueOf("concurrency") ?? bench.concurrency).split(",").map(Number),
  sides: valueOf("sides")?.split(",") ?? null,
  profileDir,
  option: valueOf,
});
if (profileDir) printProfiles(await readProfiles(profileDir));
if (given.includes("--json")) process.stdout.write(`${JSON.stringify(result)}\n`);
