import { isAbsolute, join, resolve } from "node:path";

export type SandboxMode = "on" | "off" | "auto";
export type Role = "all" | "api" | "worker";

/** What the supervisor needs to know; the roles read the whole configuration themselves. */
export interface SupervisorSettings {
  readonly root: string;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | undefined;
  readonly role: Role;
  readonly databaseUrl: string | undefined;
  readonly temporalAddress: string | undefined;
  readonly sandbox: SandboxMode;
  readonly temporalCli: string | undefined;
  readonly temporalSources: string | undefined;
}

/** Reads the environment. A wrong value throws an error that names the variable; empty counts as unset. */
export function readSettings(env: NodeJS.ProcessEnv, root: string): SupervisorSettings {
  const text = (name: string) => (env[name] === "" ? undefined : env[name]);
  return {
    root,
    dataDir: dataDirOf(text("LOOPWRIGHT_DATA_DIR"), root),
    host: text("HOST") ?? "127.0.0.1",
    port: portOf(text("PORT")),
    publicUrl: text("PUBLIC_URL"),
    role: oneOf("ROLE", ["all", "api", "worker"], text("ROLE") ?? "all"),
    databaseUrl: text("DATABASE_URL"),
    temporalAddress: text("TEMPORAL_ADDRESS"),
    sandbox: oneOf("LOOPWRIGHT_SANDBOX", ["on", "off", "auto"], text("LOOPWRIGHT_SANDBOX") ?? "auto"),
    temporalCli: text("TEMPORAL_CLI_PATH"),
    temporalSources: text("LOOPWRIGHT_TEMPORAL_SOURCES"),
  };
}

export function dataDirOf(value: string | undefined, root: string): string {
  if (value === undefined) return join(root, ".loopwright");
  return isAbsolute(value) ? resolve(value) : resolve(root, value);
}

/** The sandbox listens on the four ports after PORT, which must exist too. */
const HIGHEST_PORT = 65_530;

export function portOf(value = "4000"): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 1 && port <= HIGHEST_PORT) return port;
  throw new Error(`PORT is "${value}"; it must be a whole number from 1 to ${HIGHEST_PORT}.`);
}

function oneOf<Value extends string>(name: string, allowed: readonly Value[], value: string): Value {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Error(`${name} is "${value}"; it must be one of ${allowed.join(", ")}.`);
  return found;
}
