import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject, vi } from "vitest";
import { isPortTaken } from "../../../bin/supervisor/ports.js";
import { startSandbox, type Sandbox } from "../../../integrations/sandbox/index.js";
import type { ExecutionTiming } from "../../../workflows/temporal/timing.js";
import { quickTiming } from "../../../workflows/testing/execution.js";
import { createServices, startApi, type Services } from "../../api.js";
import { readConfig } from "../../config.js";
import type { Log } from "../../http/log.js";
import { createRuntime, type Runtime } from "../../runtime.js";
import { seedDemo } from "../../seed/seed-demo.js";
import { createTestDatabase, type TestDatabase } from "../../testing/database.js";
import { laneOfTests } from "../../testing/lane.js";
import { openTestNamespace } from "../../testing/temporal-namespace.js";
import { startWorker } from "../../worker.js";
import { wireTo, type Wire } from "./cuttable.js";

/** The whole product in this process, beside a sandbox of its own: as `npm start` wires it, with short waits. */
export interface Product {
  readonly url: string;
  readonly database: TestDatabase;
  /** Between the product and its database. */
  readonly wire: Wire;
  readonly sandbox: Sandbox;
  readonly runtime: Runtime;
  readonly services: Services;
  /** What was logged as an error; a healthy test leaves it empty. */
  readonly errors: readonly object[];
  stop(): Promise<void>;
}

export interface ProductOptions {
  /** Off: nothing drives runs. */
  readonly worker?: boolean;
  /** Off: an empty workspace. */
  readonly demo?: boolean;
  /** Servers of the test's own that flows may call, `host:port`. */
  readonly allowPrivate?: readonly string[];
  /** As whom the product connects; as the owner of the tables unless told. */
  readonly urlOf?: (database: TestDatabase) => Promise<string>;
  /** On top of the tests' short waits. */
  readonly timing?: Partial<ExecutionTiming>;
}

/** Stops what was started, last first. */
type Stops = (() => Promise<unknown>)[];

export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const stops: Stops = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.reverse()) await one();
    vi.unstubAllEnvs();
  };
  try {
    return { ...(await start(options, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  { worker = true, demo = true, allowPrivate = [], urlOf, timing }: ProductOptions,
  stops: Stops,
): Promise<Omit<Product, "stop">> {
  const dataDir = await mkdtemp(join(tmpdir(), "front-door-"));
  stops.push(() => rm(dataDir, { recursive: true }));
  const database = await createTestDatabase();
  stops.push(() => database.drop());
  const wire = await wireTo((await urlOf?.(database)) ?? database.url);
  stops.push(() => wire.close());
  await useNamespaceOfItsOwn();
  const { port, sandbox } = await startSandboxBeside(stops);
  const errors: object[] = [];
  const runtime = await createRuntime(
    configOf({ port, dataDir, databaseUrl: wire.url, allowPrivate, timing: { ...quickTiming, ...timing } }),
    logInto(errors),
  );
  stops.push(() => runtime.close());
  const services = createServices(runtime);
  if (demo) await seed(runtime, services, sandbox);
  const api = await startApi(runtime, services);
  stops.push(() => api.stop());
  if (worker) {
    const running = await startWorker(runtime);
    stops.push(() => running.stop());
  }
  return { url: runtime.config.publicUrl, database, wire, sandbox, runtime, services, errors };
}

interface Surroundings {
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly allowPrivate: readonly string[];
  readonly timing: ExecutionTiming;
}

const configOf = ({ port, dataDir, databaseUrl, allowPrivate, timing }: Surroundings) =>
  readConfig({
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: "10",
    API_RATE_LIMIT: "0",
    TEMPORAL_ADDRESS: inject("temporalAddress"),
    LOOPWRIGHT_DATA_DIR: dataDir,
    LOOPWRIGHT_SANDBOX: "on",
    LOOPWRIGHT_ALLOW_PRIVATE: allowPrivate.join(","),
    LOOPWRIGHT_TIMING: JSON.stringify(timing),
    LOOPWRIGHT_FAST_LANE: laneOfTests(),
  });

const seed = ({ config, db, vault, installation }: Runtime, services: Services, sandbox: Sandbox): Promise<void> =>
  seedDemo({
    ...services,
    db,
    vault,
    admin: { kind: "member", id: installation.adminId, workspaceId: installation.workspaceId, role: "admin" },
    sandboxUrl: (system) => {
      const url = sandbox.baseUrl(system);
      if (!isBeside(config.port, url)) throw new Error(`the sandbox's ${system} is not beside port ${config.port}`);
      return url;
    },
  });

const isBeside = (port: number, url: string): boolean => {
  const offset = Number(new URL(url).port) - port;
  return offset >= 1 && offset <= 4;
};

/** Task queues are shared names: without this, workers of other test files would take this one's work. */
async function useNamespaceOfItsOwn(): Promise<void> {
  const { namespace, close } = await openTestNamespace(inject("temporalAddress"));
  vi.stubEnv("TEMPORAL_NAMESPACE", namespace);
  await close();
}

/** A block of five free ports: the product's, then the sandbox's four. */
async function startSandboxBeside(stops: Stops): Promise<{ port: number; sandbox: Sandbox }> {
  for (let tries = 50; tries > 0; tries -= 1) {
    const port = randomInt(20_000, 30_000);
    if (await isPortTaken(port, "127.0.0.1")) continue;
    const sandbox = await startSandbox({ port, deliverTo: `http://127.0.0.1:${port}` }).catch(() => null);
    if (!sandbox) continue;
    stops.push(() => sandbox.close());
    return { port, sandbox };
  }
  throw new Error("no five ports in a row are free");
}

function logInto(errors: object[]): Log {
  const ignore = (): undefined => undefined;
  return { info: ignore, warn: ignore, error: (fields: object) => void errors.push(fields) };
}
