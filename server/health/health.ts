import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import type { SandboxUse } from "../connections/sandbox-use.js";
import { standsStill } from "../../workflows/ledger/restore.js";
import type { Db } from "../db/database.js";
import { loggable, type Log } from "../http/log.js";
import { STANDS_STILL } from "../restore/restore.js";
import type { Health } from "./health-api.js";
import { readProcesses } from "./processes.js";
import { shareAnswer } from "./shared-answer.js";

export interface HealthDependencies {
  readonly db: Db;
  readonly log: Log;
  readonly version: string;
  readonly role: string;
  /** Where the supervisor lists its processes; null where there is none. */
  readonly processesFile: string | null;
  readonly temporalAddress: string;
  /** Resolves when Temporal answers. */
  readonly probeTemporal: (signal: AbortSignal) => Promise<unknown>;
  readonly sandbox: SandboxUse;
}

/** Each part gets so long to answer. */
const PART_MS = 2_000;

/** So long an answer is good for everybody: asking costs queries, a probe, and a walk through /proc. */
const KEPT_MS = 1_000;

export interface HealthReader {
  /** Without processes. */
  state(): Promise<Omit<Health, "processes">>;
  processes(): Promise<Health["processes"]>;
}

export const createHealthReader = (dependencies: HealthDependencies): HealthReader => ({
  state: shareAnswer(() => readState(dependencies), { keptMs: KEPT_MS }),
  processes: shareAnswer(
    () => readProcesses(dependencies.processesFile, { role: dependencies.role, pid: process.pid }),
    { keptMs: KEPT_MS },
  ),
});

/** Every part is asked at once, and none can hold up the answer. */
async function readState(dependencies: HealthDependencies): Promise<Omit<Health, "processes">> {
  const [database, effects, temporal, sandbox] = await Promise.all([
    databaseHealth(dependencies),
    effectsHealth(dependencies),
    temporalHealth(dependencies),
    sandboxHealth(dependencies),
  ]);
  // A sandbox that does not run beside us is somebody else's: what points at it does not work, the product does.
  const needed = dependencies.sandbox.mode === "on" ? [database, temporal, sandbox] : [database, temporal];
  const isOk = [...needed, effects].every(({ status }) => status === "ok");
  const status = isOk ? "ok" : "degraded";
  return { status, version: dependencies.version, database, effects, temporal, sandbox };
}

async function databaseHealth({ db, log }: HealthDependencies): Promise<Health["database"]> {
  const ask = async () => {
    const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db);
    return rows[0]?.version ?? null;
  };
  const { status, detail, value } = await part(log, "database", ask);
  return { status, detail, version: value };
}

async function effectsHealth({ db, log }: HealthDependencies): Promise<Health["effects"]> {
  const { status, value: still } = await part(log, "database", () => standsStill(db));
  // When the database is away, its own part says so.
  return still && status === "ok" ? { status: "held", detail: STANDS_STILL } : { status: "ok", detail: null };
}

async function temporalHealth({
  probeTemporal,
  temporalAddress,
  log,
}: HealthDependencies): Promise<Health["temporal"]> {
  const { status, detail } = await part(log, "Temporal", probeTemporal);
  return { status, detail, address: temporalAddress };
}

async function sandboxHealth({ sandbox, log }: HealthDependencies): Promise<Health["sandbox"]> {
  // When the database is away, its own part says so.
  const products = (await part(log, "database", sandbox.connections)).value ?? [];
  if (products.length === 0) return { status: "ok", detail: "not in use", url: null };
  if (sandbox.mode === "off") return { status: "off", detail: offWords(products), url: null };
  const url = sandbox.page;
  const { status, detail } = await part(log, "sandbox", (signal) => fetch(url, { signal, redirect: "manual" }));
  return { status, detail, url };
}

const offWords = (products: readonly string[]): string =>
  `The sandbox is off, and connections to ${products.join(", ")} still point at it: runs that need them cannot go on. ` +
  "Start with LOOPWRIGHT_SANDBOX=on, or enter real accounts on the connections page, which marks them.";

interface Part<Value> {
  readonly status: "ok" | "down";
  readonly detail: string | null;
  readonly value: Value | null;
}

/** What one part answers within its time; never throws. */
export async function part<Value>(
  log: Log,
  name: string,
  ask: (signal: AbortSignal) => Promise<Value>,
): Promise<Part<Value>> {
  const signal = AbortSignal.timeout(PART_MS);
  const late = wait(PART_MS, undefined, { signal }).catch(() => undefined);
  try {
    const answered = ask(signal).then((value) => ({ value }));
    const first = await Promise.race([answered, late]);
    if (first) return { status: "ok", detail: null, value: first.value };
    return { status: "down", detail: `The ${name} does not answer within ${PART_MS / 1000} s.`, value: null };
  } catch (error) {
    log.warn({ err: loggable(error), part: name }, "A part of the installation does not answer");
    return { status: "down", detail: `The ${name} does not answer.`, value: null };
  }
}
