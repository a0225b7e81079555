import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Client as TemporalClient } from "@temporalio/client";
import { inject } from "vitest";
import { freePort } from "../../bin/supervisor/ports.js";
import { startSandbox, type Sandbox } from "../../integrations/sandbox/index.js";
import type { ExecutionTiming } from "../../workflows/temporal/timing.js";
import { createTestDatabase, type TestDatabase } from "./database.js";
import { clientOf, type Client } from "./http.js";
import { laneOfTests } from "./lane.js";
import { builtFile, productEnv, startRole, type RoleProcess } from "./role-process.js";
import { openDefaultNamespace, openTestNamespace } from "./temporal-namespace.js";

/** Seconds where the design has minutes; the machine that runs tests may be slow, so nothing here is tight. */
export const quickTiming = {
  deadlineCapMs: 4_000,
  claimMarginMs: 500,
  settleMs: 50,
  doubtScale: 0.02,
  // Shorter ones poke faster than a slow machine can look, and hold up what they should rescue.
  rescueMs: 4_000,
  overdueMs: 4_000,
  sweepEveryMs: 1_000,
  leaseMs: 5_000,
  pollMs: 200,
  heartbeatMs: 2_000,
} satisfies Partial<ExecutionTiming>;

export interface ProductOptions {
  readonly timing?: Partial<ExecutionTiming>;
  /** False: the test starts it when it wants to. */
  readonly worker?: boolean;
  /** As the suite has it, unless the test says so. */
  readonly lane?: "on" | "off";
  /** Further hosts that flows may call, `host:port`. */
  readonly allowPrivate?: readonly string[];
  readonly logLevel?: "info" | "trace";
  /** A dev server of the test's own, in its default namespace; else the shared one, in a namespace of our own. */
  readonly temporalAddress?: string;
}

/** The built product: api and worker as processes, a database of its own, the sandbox in the test's process. */
export interface Product extends TestDatabase {
  readonly url: string;
  /** As the environment has it. */
  readonly kek: string;
  readonly sandbox: Sandbox;
  readonly temporal: TemporalClient;
  /** Asks the API as an admin. */
  readonly api: Client;
  /** What the command line prints. */
  cli(...args: readonly string[]): Promise<string>;
  startApi(): Promise<RoleProcess>;
  startWorker(timing?: Partial<ExecutionTiming>): Promise<RoleProcess>;
  /** The newest of each role. */
  roles(): { readonly api: RoleProcess; readonly worker: RoleProcess };
  stop(): Promise<void>;
}

/** A slow machine may take long to migrate and wire; nothing waits for this when all is well. */
const CLI_MS = 180_000;

export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const folder = mkdtempSync(join(tmpdir(), "loopwright-product-"));
  chmodSync(folder, 0o711);
  const database = await createTestDatabase();
  const address = options.temporalAddress ?? inject("temporalAddress");
  const temporal = await (options.temporalAddress ? openDefaultNamespace(address) : openTestNamespace(address));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const sandbox = await startSandbox({ deliverTo: url });
  const kek = randomBytes(32).toString("base64");
  const timing = { ...quickTiming, ...options.timing };
  const env = productEnv({
    PORT: String(port),
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    LOOPWRIGHT_DATA_DIR: folder,
    LOOPWRIGHT_KEK: kek,
    LOOPWRIGHT_SANDBOX: "off",
    API_RATE_LIMIT: "0",
    LOOPWRIGHT_ALLOW_PRIVATE: [...hostsOf(sandbox), ...(options.allowPrivate ?? [])].join(","),
    LOOPWRIGHT_TIMING: JSON.stringify(timing),
    LOOPWRIGHT_FAST_LANE: options.lane ?? laneOfTests(),
    LOG_LEVEL: options.logLevel ?? "info",
  });
  const started: { api: RoleProcess[]; worker: RoleProcess[] } = { api: [], worker: [] };
  const start = async (role: "api" | "worker", more: Record<string, string> = {}): Promise<RoleProcess> => {
    const process = await startRole(role, { ...env, ...more }, folder);
    started[role].push(process);
    return process;
  };
  const stop = async (): Promise<void> => {
    // What a fault still holds would keep a worker for its whole grace.
    sandbox.faults.clear();
    await Promise.all([...started.api, ...started.worker].map((process) => process.kill()));
    await sandbox.close();
    await temporal.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  const token = await startRoles().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    ...database,
    url,
    kek,
    sandbox,
    temporal: temporal.client,
    api: clientOf(url, { authorization: `Bearer ${token}` }),
    cli: (...args) => runCli(env, args),
    startApi: () => start("api"),
    startWorker: (other = {}) => start("worker", { LOOPWRIGHT_TIMING: JSON.stringify({ ...timing, ...other }) }),
    roles: () => ({
      get api() {
        return newest(started.api, "api");
      },
      get worker() {
        return newest(started.worker, "worker");
      },
    }),
    stop,
  };

  async function startRoles(): Promise<string> {
    await start("api");
    const [made] = await Promise.all([
      runCli(env, ["token", "create", "--role", "admin"]),
      options.worker === false ? undefined : start("worker"),
    ]);
    return made;
  }
}

function newest(processes: readonly RoleProcess[], role: string): RoleProcess {
  const process = processes.at(-1);
  if (!process) throw new Error(`no ${role} was started`);
  return process;
}

const hostsOf = (sandbox: Sandbox): string[] =>
  (["slack", "jira", "salesforce"] as const).map((system) => new URL(sandbox.baseUrl(system)).host);

async function runCli(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<string> {
  const call = [builtFile("server/cli.js"), ...args];
  const { stdout } = await promisify(execFile)(process.execPath, call, { env, timeout: CLI_MS });
  return stdout.trim();
}
