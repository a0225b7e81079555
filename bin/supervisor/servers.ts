import type { DataFolder } from "./data-folder.js";
import { choosePorts } from "./known-ports.js";
import type { KnownPorts } from "./known-ports.js";
import { ensureDatabase, waitForPostgres } from "./postgres/cluster.js";
import { openPostgres } from "./postgres/service.js";
import type { PostgresService } from "./postgres/service.js";
import type { Progress } from "./progress.js";
import type { ServerAddresses } from "./roles.js";
import type { SupervisorSettings } from "./settings.js";
import { superviseProcess } from "./supervised.js";
import type { Supervised, SuperviseDeps } from "./supervised.js";
import { waitForTemporal } from "./temporal/health.js";
import { findTemporalCli, temporalSpec } from "./temporal/service.js";

export const DATABASE = "loopwright";
const START_MS = 60_000;

export interface ServersDeps extends SuperviseDeps {
  readonly settings: SupervisorSettings;
  readonly folder: DataFolder;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Called as soon as a process is supervised, so that a stop during the start reaches it. */
  readonly started: (supervised: Supervised) => void;
}

/** Starts what is not given by an address: PostgreSQL and Temporal, side by side. Resolves when both answer. */
export async function startServers(deps: ServersDeps): Promise<ServerAddresses> {
  const givenUp = new AbortController();
  try {
    return await startBoth({ ...deps, signal: AbortSignal.any([deps.signal, givenUp.signal]) }, () => givenUp.abort());
  } finally {
    givenUp.abort(); // of a failed start the other half, a download for example, must not go on
  }
}

async function startBoth(deps: ServersDeps, giveUp: () => void): Promise<ServerAddresses> {
  const { settings, folder, progress, signal } = deps;
  const ownTemporal = settings.temporalAddress === undefined;
  const cli = ownTemporal ? startedEarly(findTemporalCli(folder.path, progress, signal)) : undefined;
  const postgres = settings.databaseUrl === undefined ? await openPostgres(folder, progress) : undefined;
  const adopted = postgres?.adopted;
  const ports = await choosePorts(folder.servers, adopted === undefined ? {} : { postgres: adopted.port });
  const [databaseUrl = "", temporalAddress] = await allOrNone(
    [
      postgres === undefined ? Promise.resolve(settings.databaseUrl) : startPostgres(postgres, ports, deps),
      cli === undefined ? Promise.resolve(settings.temporalAddress) : startTemporal(cli, ports, deps),
    ],
    giveUp,
  );
  return {
    databaseUrl,
    temporalAddress,
    temporalUi: ownTemporal ? `http://127.0.0.1:${ports.temporalUi}` : undefined,
  };
}

/** Fails with the first error, once all came to an end: nothing may start after the stop has begun. */
async function allOrNone<Value>(work: readonly Promise<Value>[], giveUp: () => void): Promise<Value[]> {
  try {
    return await Promise.all(work);
  } catch (error) {
    giveUp();
    await Promise.allSettled(work);
    throw error;
  }
}

async function startPostgres(service: PostgresService, ports: KnownPorts, deps: ServersDeps): Promise<string> {
  const { progress, signal } = deps;
  const port = ports.postgres;
  await progress.step("starting PostgreSQL", async () => {
    signal.throwIfAborted();
    deps.started(superviseProcess(service.spec(port), deps, service.adopted));
    await readyDatabase(service, port, signal);
  });
  return service.url(port, DATABASE);
}

/** Waits for the server and makes the product's database in it if it is new. */
export async function readyDatabase(service: PostgresService, port: number, signal?: AbortSignal): Promise<void> {
  const admin = service.url(port, "postgres");
  if (!(await waitForPostgres(admin, START_MS, signal))) {
    throw new Error(`PostgreSQL does not answer on port ${port}. Its log: ${service.spec(port).logFile}`);
  }
  await ensureDatabase(admin, DATABASE);
}

/** The promise is awaited later; a failure until then must not count as unhandled. */
function startedEarly<Value>(work: Promise<Value>): Promise<Value> {
  work.catch(() => undefined);
  return work;
}

async function startTemporal(foundCli: Promise<string>, ports: KnownPorts, deps: ServersDeps): Promise<string> {
  const { folder, progress, signal } = deps;
  const cli = await foundCli;
  const address = `127.0.0.1:${ports.temporal}`;
  await progress.step("starting Temporal", async () => {
    signal.throwIfAborted();
    const spec = temporalSpec(cli, folder, ports);
    deps.started(superviseProcess(spec, deps));
    if (await waitForTemporal(address, START_MS, signal)) return;
    throw new Error(`Temporal does not answer on ${address}. Its log: ${spec.logFile}`);
  });
  return address;
}
