import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { logFile } from "../data-folder.js";
import type { DataFolder } from "../data-folder.js";
import { tryRead, writeAtomically } from "../files.js";
import type { RunningProcess } from "../processes-file.js";
import type { Progress } from "../progress.js";
import type { ProcessSpec } from "../supervised.js";
import { clearDeadPostmaster, endPostmaster, FAST_SHUTDOWN, runningPostmaster } from "./adopt.js";
import type { RunningPostmaster } from "./adopt.js";
import { embeddedBinaries } from "./binaries.js";
import {
  answers,
  clusterDirectory,
  databaseUrl,
  ensureCluster,
  hasCluster,
  lookForCluster,
  postgresArgs,
  serverEnv,
  waitForPostgres,
} from "./cluster.js";
import type { ClusterPlace } from "./cluster.js";
import { chooseHome, insideHome, systemHome } from "./home.js";
import { canReach, databaseUser } from "./os-user.js";
import { rememberedHome, rememberHome } from "./remember-home.js";

/** Recovery after a crash replays the log first; a large one takes its time. */
const ADOPTION_PATIENCE_MS = 30_000;

/** The embedded PostgreSQL of one data folder. */
export interface PostgresService {
  readonly directory: string;
  /** Of a server that an earlier start left running in good health. */
  readonly adopted: (RunningProcess & { readonly port: number }) | undefined;
  spec(port: number): ProcessSpec;
  url(port: number, database: string): string;
}

/** Finds or makes the cluster, and looks for a server that still runs on it. One that does not answer is stopped. */
export async function openPostgres(folder: DataFolder, progress: Progress): Promise<PostgresService> {
  const place = placeOf(folder, (line) => progress.line(line));
  const password = passwordOf(folder, place.home);
  if (!hasCluster(place.home)) await progress.step("creating the database", () => ensureCluster(place, password));
  rememberHome(folder.path, place.home);
  const directory = clusterDirectory(place.home);
  const url = (port: number, database: string) => databaseUrl(port, password, database);
  return {
    directory,
    adopted: await adopt(directory, (port) => url(port, "postgres"), progress),
    url,
    spec: (port) => ({
      role: "postgres",
      command: place.binaries.postgres,
      args: postgresArgs(directory, port, { durable: true }),
      env: serverEnv(),
      cwd: "/",
      ...(place.user ?? {}),
      logFile: logFile(folder, "postgres"),
      end: FAST_SHUTDOWN,
      prepare: () => clearDeadPostmaster(directory),
    }),
  };
}

/** The URL of the database that runs on this folder now, whoever started it; undefined while it does not answer. */
export async function runningDatabase(folder: DataFolder, database: string): Promise<string | undefined> {
  const places = [rememberedHome(folder.path), insideHome(folder.path), systemHome(folder.path)];
  const home = places.find((place) => place !== undefined && hasCluster(place));
  const port = home === undefined ? undefined : runningPostmaster(clusterDirectory(home))?.port;
  if (home === undefined || port === undefined) return undefined;
  const url = databaseUrl(port, passwordOf(folder, home), database);
  return (await answers(url)) ? url : undefined;
}

function placeOf(folder: DataFolder, say: (line: string) => void): ClusterPlace {
  const user = databaseUser(say);
  const answer = chooseHome({
    dataDir: folder.path,
    remembered: rememberedHome(folder.path),
    look: lookForCluster,
    reachable: canReach(folder.path, user),
  });
  if ("problem" in answer) throw new Error(answer.problem);
  answer.words.forEach(say);
  return { home: answer.home, user, binaries: embeddedBinaries(user, say) };
}

/** Random, made once, readable by us only. */
function passwordOf(folder: DataFolder, home: string): string {
  const known = tryRead(folder.databasePassword)?.trim();
  if (known) return known;
  if (existsSync(clusterDirectory(home))) {
    throw new Error(
      `There is a database in ${home}, but its password is missing: ${folder.databasePassword}. Restore that file.`,
    );
  }
  const password = randomBytes(24).toString("base64url");
  writeAtomically(folder.databasePassword, `${password}\n`, 0o600);
  return password;
}

async function adopt(
  directory: string,
  urlOf: (port: number) => string,
  progress: Progress,
): Promise<PostgresService["adopted"]> {
  const found = runningPostmaster(directory);
  if (found === undefined) return undefined;
  const { port } = found;
  if (port !== undefined && found.status !== "stopping") {
    const healthy = await progress.step("taking over the running database", () =>
      waitForPostgres(urlOf(port), ADOPTION_PATIENCE_MS),
    );
    if (healthy) return { ...asRunning(found), port };
  }
  await progress.step("stopping a database that does not answer", () => endPostmaster(found));
  return undefined;
}

const asRunning = ({ process: { pid, identity } }: RunningPostmaster): RunningProcess => ({
  role: "postgres",
  pid,
  identity,
  startedAt: new Date().toISOString(),
});
