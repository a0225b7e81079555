import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { logFile } from "./data-folder.js";
import type { DataFolder } from "./data-folder.js";
import { nodeForServers } from "./node-for-servers.js";
import type { SandboxMode, SupervisorSettings } from "./settings.js";
import type { ProcessSpec } from "./supervised.js";

/** The product's own programs, as paths below the repository's root. A test gives others. */
export interface Programs {
  readonly server: string;
  readonly sandbox: string;
  readonly cli: string;
  /** Loaded before server and sandbox; a test does without. */
  readonly tidyMemory?: string;
}

export const BUILT_PROGRAMS: Programs = {
  server: "dist/server/main.js",
  sandbox: "dist/integrations/sandbox/main.js",
  tidyMemory: "dist/bin/supervisor/load-tidy-memory.js",
  cli: "dist/server/cli.js",
};

/** Addresses of the servers that run now, ours or given ones. */
export interface ServerAddresses {
  readonly databaseUrl: string;
  readonly temporalAddress: string | undefined;
  readonly temporalUi: string | undefined;
}

export type OwnRole = "api" | "worker" | "sandbox";

/** Which of the product's processes to run. `auto` counts as on here: `settleSandbox` turns it off. */
export function ownRoles({ role, sandbox }: RoleSettings): OwnRole[] {
  if (role === "api") return sandbox === "on" ? ["sandbox", "api"] : ["api"];
  if (role === "worker") return ["worker"];
  return sandbox === "off" ? ["api", "worker"] : ["sandbox", "api", "worker"];
}

type RoleSettings = Pick<SupervisorSettings, "role" | "sandbox">;

/** What the product is told: `on` where the sandbox runs beside it, so that its health may count on it. */
export function sandboxMode(settings: RoleSettings): SandboxMode {
  if (ownRoles(settings).includes("sandbox")) return "on";
  return settings.role === "api" ? "off" : settings.sandbox;
}

export interface WantedPort {
  readonly port: number;
  readonly by: string;
}

/** The ports that must be free, each with who wants it. */
export function wantedPorts(settings: Pick<SupervisorSettings, "role" | "sandbox" | "port">): WantedPort[] {
  const roles = ownRoles(settings);
  const product = { port: settings.port, by: "the product itself" };
  const sandbox = ["page", "Slack", "Jira", "Salesforce"].map((name, index) => ({
    port: settings.port + 1 + index,
    by: `the sandbox's ${name}`,
  }));
  return [...(roles.includes("api") ? [product] : []), ...(roles.includes("sandbox") ? sandbox : [])];
}

/** The environment that every program of ours gets: the configuration as given, and the servers as they were found. */
export function programEnv(
  settings: SupervisorSettings,
  folder: DataFolder,
  servers: ServerAddresses,
  env: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  return {
    ...env,
    NODE_ENV: env["NODE_ENV"] ?? "production",
    HOST: settings.host,
    PORT: String(settings.port),
    LOOPWRIGHT_DATA_DIR: folder.path,
    LOOPWRIGHT_PROCESSES_FILE: folder.processes,
    LOOPWRIGHT_SANDBOX: sandboxMode(settings),
    DATABASE_URL: servers.databaseUrl,
    ...(servers.temporalAddress === undefined ? {} : { TEMPORAL_ADDRESS: servers.temporalAddress }),
    ...(servers.temporalUi === undefined ? {} : { TEMPORAL_UI_URL: servers.temporalUi }),
  };
}

/** After SIGTERM nothing new begins; what is in the air gets the longest deadline of our actions, 30 s, and time to be written down. */
const GRACE_MS = 40_000;

/**
 * Half-spaces of what is young, in MB: less than Node's 16, which under load cost 125 MB of memory for 3 to 5 % of CPU (docs/scaling.md).
 * With 8 in the worker it was 15 %.
 */
const youngOf: Readonly<Record<OwnRole, readonly string[]>> = {
  api: ["--max-semi-space-size=8"],
  worker: ["--max-semi-space-size=12"],
  sandbox: [],
};

export interface RoleContext {
  readonly root: string;
  readonly programs: Programs;
  readonly folder: DataFolder;
  readonly env: NodeJS.ProcessEnv;
}

export function roleSpec(role: OwnRole, { root, programs, folder, env }: RoleContext): ProcessSpec {
  const program = resolve(root, role === "sandbox" ? programs.sandbox : programs.server);
  return {
    role,
    command: nodeForServers(env["LOOPWRIGHT_NODE"]),
    args: ["--enable-source-maps", ...youngOf[role], ...loadedBefore(root, programs), program],
    env: role === "sandbox" ? sandboxEnv(env) : { ...env, ROLE: role },
    cwd: root,
    logFile: logFile(folder, role),
    end: { signal: "SIGTERM", graceMs: GRACE_MS },
  };
}

const loadedBefore = (root: string, { tidyMemory }: Programs): string[] =>
  tidyMemory === undefined ? [] : ["--import", pathToFileURL(resolve(root, tidyMemory)).href];

const FOR_SANDBOX = /^(PATH|HOME|TZ|NODE_\w+|PORT|LOOPWRIGHT_DATA_DIR|LOOPWRIGHT_SANDBOX\w*)$/;

/** The sandbox plays other companies: it gets none of the product's addresses and secrets. */
export function sandboxEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => FOR_SANDBOX.test(name)));
}
