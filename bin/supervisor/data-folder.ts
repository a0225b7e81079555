import { chmodSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where everything stands in the data folder. */
export interface DataFolder {
  readonly path: string;
  readonly logs: string;
  readonly lock: string;
  readonly processes: string;
  readonly servers: string;
  readonly databasePassword: string;
  readonly temporalDatabase: string;
}

/** Makes the folder. As root others may pass through it, because PostgreSQL runs as a user of its own; nobody may list it. */
export function openDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true });
  const folder = describeDataFolder(realpathSync(path));
  for (const inner of [folder.logs, dirname(folder.temporalDatabase)])
    mkdirSync(inner, { recursive: true, mode: 0o700 });
  chmodSync(folder.path, process.getuid?.() === 0 ? 0o711 : 0o700);
  return folder;
}

export function describeDataFolder(path: string): DataFolder {
  return {
    path,
    logs: join(path, "logs"),
    lock: join(path, "supervisor.lock"),
    processes: join(path, "processes.json"),
    servers: join(path, "servers.json"),
    databasePassword: join(path, "database-password"),
    temporalDatabase: join(path, "temporal", "temporal.db"),
  };
}

export const logFile = (folder: DataFolder, role: string): string => join(folder.logs, `${role}.log`);
