import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { chmodSync, chownSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { waitFor } from "../wait.js";
import type { PostgresBinaries } from "./binaries.js";
import type { Look } from "./home.js";
import type { OsUser } from "./os-user.js";

const run = promisify(execFile);

export const DATABASE_USER = "loopwright";

export interface ClusterPlace {
  readonly home: string;
  readonly binaries: PostgresBinaries;
  readonly user: OsUser | undefined;
}

export const clusterDirectory = (home: string): string => join(home, "data");
export const hasCluster = (home: string): boolean => lookForCluster(home) === "cluster";

/** Tells what is not there from what another user keeps to itself. */
export function lookForCluster(home: string): Look {
  try {
    statSync(join(clusterDirectory(home), "PG_VERSION"));
    return "cluster";
  } catch (error) {
    return isDenied(error) ? "hidden" : "none";
  }
}

const isDenied = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "EACCES" || error.code === "EPERM");

/** Makes a cluster unless there is one. It appears whole: a crash half-way leaves only a draft, which the next try removes. */
export async function ensureCluster(
  place: ClusterPlace,
  password: string,
  { durable }: { durable: boolean } = { durable: true },
): Promise<void> {
  if (hasCluster(place.home)) return;
  openHome(place);
  for (const name of readdirSync(place.home)) rmSync(join(place.home, name), { recursive: true });
  const draft = join(place.home, `draft-${randomUUID()}`);
  const passwordFile = join(place.home, "password");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  own(passwordFile, place.user);
  await initialise(place, draft, ["--pwfile", passwordFile, ...(durable ? [] : ["--no-sync"])]);
  rmSync(passwordFile);
  renameSync(draft, clusterDirectory(place.home));
}

function openHome({ home, user }: ClusterPlace): void {
  mkdirSync(home, { recursive: true });
  own(home, user);
  chmodSync(home, 0o700);
}

function own(path: string, user: OsUser | undefined): void {
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

async function initialise({ binaries, user }: ClusterPlace, directory: string, options: string[]): Promise<void> {
  const args = [
    `--pgdata=${directory}`,
    `--username=${DATABASE_USER}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--data-checksums",
    ...binaries.initdbLocale,
    ...options,
  ];
  try {
    await run(binaries.initdb, args, { ...(user ?? {}), cwd: "/", env: serverEnv() });
  } catch (error) {
    const words = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
    throw new Error(`PostgreSQL could not make its data folder ${directory}: ${words}`, { cause: error });
  }
}

/** PostgreSQL gets nothing of our environment but the path and the time zone. */
export function serverEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], TZ: process.env["TZ"] ?? "UTC", LC_ALL: "C" };
}

/** On loopback only and without a socket file. `durable: false` is for tests, whose data nobody keeps. */
export function postgresArgs(directory: string, port: number, { durable }: { durable: boolean }): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: durable ? "100" : "300",
    shared_buffers: "64MB",
    jit: "off",
    // Disks that seek cost nothing today: at the default of 4 whole tables are read for what an index alone could tell.
    random_page_cost: "1.1",
    password_encryption: "scram-sha-256",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return [
    "-D",
    directory,
    "-p",
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
}

export const databaseUrl = (port: number, password: string, database: string): string =>
  `postgres://${DATABASE_USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/** Whether the server takes our password and answers. */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000, query_timeout: 2_000 });
  client.on("error", () => undefined); // a server that ends while we ask simply does not answer
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

export async function waitForPostgres(url: string, timeoutMs: number, signal?: AbortSignal): Promise<boolean> {
  const ready = await waitFor(async () => ((await answers(url)) ? true : undefined), {
    everyMs: 50,
    timeoutMs,
    signal,
  });
  return ready ?? false;
}

export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
