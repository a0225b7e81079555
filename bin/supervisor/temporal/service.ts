import { fileURLToPath } from "node:url";
import { logFile } from "../data-folder.js";
import type { DataFolder } from "../data-folder.js";
import type { KnownPorts } from "../known-ports.js";
import type { Progress } from "../progress.js";
import type { ProcessSpec } from "../supervised.js";
import { allowedSources, cacheDirOf, resolveTemporal } from "./resolve.js";
import { devServerArgs } from "./server.js";

/** The CLI for this machine, got if need be. */
export async function findTemporalCli(dataDir: string, progress: Progress, signal?: AbortSignal): Promise<string> {
  const { env } = process;
  const context = {
    env,
    signal,
    cacheDir: cacheDirOf(env, dataDir),
    officialDownloader: [process.execPath, fileURLToPath(new URL("./official-download.js", import.meta.url))],
  };
  return resolveTemporal(context, progress, allowedSources(env["LOOPWRIGHT_TEMPORAL_SOURCES"]));
}

export function temporalSpec(cli: string, folder: DataFolder, ports: KnownPorts): ProcessSpec {
  const { temporal: port, temporalUi: uiPort } = ports;
  return {
    role: "temporal",
    command: cli,
    args: devServerArgs({ port, uiPort, databaseFile: folder.temporalDatabase }),
    env: temporalEnv(),
    cwd: folder.path,
    logFile: logFile(folder, "temporal"),
    end: { signal: "SIGTERM", graceMs: 15_000 },
  };
}

/** Without our own variables: TEMPORAL_ADDRESS and the like would configure the CLI. */
export function temporalEnv(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("TEMPORAL_")));
}
