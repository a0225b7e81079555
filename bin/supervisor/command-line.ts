import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { openDataFolder } from "./data-folder.js";
import type { DataFolder } from "./data-folder.js";
import { tryRead } from "./files.js";
import { choosePorts, readKnownPorts } from "./known-ports.js";
import { liveHolder } from "./lock.js";
import { takeLockPatiently } from "./lock-patiently.js";
import { openPostgres, runningDatabase } from "./postgres/service.js";
import type { Progress } from "./progress.js";
import { programEnv } from "./roles.js";
import type { Programs } from "./roles.js";
import { DATABASE, readyDatabase } from "./servers.js";
import type { SupervisorSettings } from "./settings.js";
import { superviseProcess } from "./supervised.js";
import { waitFor } from "./wait.js";

export interface CommandOptions {
  readonly settings: SupervisorSettings;
  readonly programs: Programs;
  readonly progress: Progress;
  readonly args: readonly string[];
}

const DATABASE_MS = 60_000;

/** Runs one command of the product with its database: the running server's, or one started for as long as the command takes. */
export async function runCommand(options: CommandOptions): Promise<number> {
  const { settings, progress } = options;
  const folder = openDataFolder(settings.dataDir);
  if (settings.databaseUrl !== undefined) return runCli(options, folder, settings.databaseUrl);
  const server = liveHolder(tryRead(folder.lock));
  if (server?.kind === "server") return runCli(options, folder, await databaseOfServer(folder, progress));

  const lock = await takeLockPatiently(folder, "command", progress);
  try {
    return await withOwnDatabase(folder, progress, (url) => runCli(options, folder, url));
  } finally {
    lock.release();
  }
}

/** A server that is just starting may not have its database yet. */
async function databaseOfServer(folder: DataFolder, progress: Progress): Promise<string> {
  const find = () => runningDatabase(folder, DATABASE);
  const url = await progress.step("waiting for the server's database", () => waitFor(find, { timeoutMs: DATABASE_MS }));
  if (url === undefined)
    throw new Error(`Loopwright runs on ${folder.path}, but its database does not answer. See ${folder.logs}.`);
  return url;
}

async function withOwnDatabase(
  folder: DataFolder,
  progress: Progress,
  work: (url: string) => Promise<number>,
): Promise<number> {
  const service = await openPostgres(folder, progress);
  const { adopted } = service;
  const { postgres: port } = await choosePorts(folder.servers, adopted === undefined ? {} : { postgres: adopted.port });
  const database = superviseProcess(service.spec(port), { terminal: progress, changed: () => undefined }, adopted);
  try {
    await readyDatabase(service, port);
    return await work(service.url(port, DATABASE));
  } finally {
    await database.stop();
  }
}

function runCli(
  { settings, programs, args }: CommandOptions,
  folder: DataFolder,
  databaseUrl: string,
): Promise<number> {
  const { temporal, temporalUi } = readKnownPorts(folder.servers);
  const own = temporal === undefined ? undefined : `127.0.0.1:${temporal}`;
  const env = programEnv(settings, folder, {
    databaseUrl,
    temporalAddress: settings.temporalAddress ?? own,
    temporalUi: temporalUi === undefined ? undefined : `http://127.0.0.1:${temporalUi}`,
  });
  const child = spawn(process.execPath, [resolve(settings.root, programs.cli), ...args], { env, stdio: "inherit" });
  return new Promise((resolveCode, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolveCode(code ?? 1));
  });
}
