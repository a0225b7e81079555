import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import type { Db } from "../db/database.js";
import { loggable, type Log } from "../http/log.js";
import type { Health } from "./health-api.js";
import { readProcesses } from "./processes.js";

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
  /** The sandbox's page while it is in use; null when it is not. */
  readonly sandboxUrl: () => Promise<string | null>;
}

/** Each part gets so long to answer. */
const PART_MS = 2_000;

/** Every part is asked at once, and none can hold up the answer. */
export async function readHealth(dependencies: HealthDependencies): Promise<Health> {
  const [processes, database, temporal, sandbox] = await Promise.all([
    readProcesses(dependencies.processesFile, { role: dependencies.role, pid: process.pid }),
    databaseHealth(dependencies),
    temporalHealth(dependencies),
    sandboxHealth(dependencies),
  ]);
  const isOk = [database, temporal, sandbox].every(({ status }) => status === "ok");
  return { status: isOk ? "ok" : "degraded", version: dependencies.version, processes, database, temporal, sandbox };
}

async function databaseHealth({ db, log }: HealthDependencies): Promise<Health["database"]> {
  const ask = async () => {
    const { rows } = await sql<{ version: string }>`select current_setting('server_version') as version`.execute(db);
    return rows[0]?.version ?? null;
  };
  const { status, detail, value } = await part(log, "database", ask);
  return { status, detail, version: value };
}

async function temporalHealth({
  probeTemporal,
  temporalAddress,
  log,
}: HealthDependencies): Promise<Health["temporal"]> {
  const { status, detail } = await part(log, "Temporal", probeTemporal);
  return { status, detail, address: temporalAddress };
}

async function sandboxHealth({ sandboxUrl, log }: HealthDependencies): Promise<Health["sandbox"]> {
  const inUse = await part(log, "database", sandboxUrl);
  const url = inUse.value;
  // When the database is away, its own part says so.
  if (url === null) return { status: "ok", detail: "not in use", url: null };
  const { status, detail } = await part(log, "sandbox", (signal) => fetch(url, { signal, redirect: "manual" }));
  return { status, detail, url };
}

interface Part<Value> {
  readonly status: "ok" | "down";
  readonly detail: string | null;
  readonly value: Value | null;
}

async function part<Value>(log: Log, name: string, ask: (signal: AbortSignal) => Promise<Value>): Promise<Part<Value>> {
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
