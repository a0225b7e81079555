import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import { z } from "zod";
import type { Db } from "../db/database.js";
import { loggable, type Log } from "../http/log.js";
import type { Health } from "./health-api.js";
import { memoryOf, processChildren } from "./process-memory.js";

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
    listProcesses(dependencies),
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

const processesSchema = z.array(z.object({ role: z.string(), pid: z.number().int() }));

async function listProcesses({ processesFile, role }: HealthDependencies): Promise<Health["processes"]> {
  const listed = processesFile === null ? [] : await readProcesses(processesFile);
  const known = listed.length > 0 ? listed : [{ role, pid: process.pid }];
  const children = await processChildren();
  return Promise.all(
    known.map(async ({ role: name, pid }) => ({ role: name, pid, memory: await memoryOf(pid, children) })),
  );
}

/** The supervisor replaces the file whole; before its first start there is none. */
async function readProcesses(file: string): Promise<z.infer<typeof processesSchema>> {
  try {
    return processesSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return [];
  }
}
