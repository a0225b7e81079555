import { chmodSync, mkdtempSync, rmSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endProcess } from "../../bin/supervisor/end-process.js";
import { freePort } from "../../bin/supervisor/ports.js";
import { debianBinaries, embeddedBinaries } from "../../bin/supervisor/postgres/binaries.js";
import type { PostgresBinaries } from "../../bin/supervisor/postgres/binaries.js";
import {
  clusterDirectory,
  databaseUrl,
  ensureCluster,
  postgresArgs,
  serverEnv,
  waitForPostgres,
} from "../../bin/supervisor/postgres/cluster.js";
import { databaseUser } from "../../bin/supervisor/postgres/os-user.js";
import type { OsUser } from "../../bin/supervisor/postgres/os-user.js";
import { createProgress } from "../../bin/supervisor/progress.js";
import { describe as describeProcess, endOf, spawnProcess } from "../../bin/supervisor/supervised.js";
import type { ProcessSpec } from "../../bin/supervisor/supervised.js";
import { waitForTemporal } from "../../bin/supervisor/temporal/health.js";
import { devServerArgs } from "../../bin/supervisor/temporal/server.js";
import { findTemporalCli, temporalEnv } from "../../bin/supervisor/temporal/service.js";
import { endWithParent } from "./end-with-parent.js";

export interface TestServer<Address> {
  readonly address: Address;
  readonly pid: number;
  stop(): Promise<void>;
}

const progress = createProgress((text) => process.stderr.write(text));
const PASSWORD = "only-for-tests";
const START_MS = 180_000;

/**
 * A PostgreSQL cluster of its own, without fsync: its address is the URL of the database `postgres`, for a superuser. With
 * LOOPWRIGHT_TEST_POSTGRES=debian it is Debian's PostgreSQL, else the embedded one.
 */
export async function startTestPostgres(): Promise<TestServer<string>> {
  const user = databaseUser((line) => progress.line(line));
  const home = passableFolder("loopwright-postgres-");
  const place = { home: join(home, "home"), user, binaries: testBinaries(user) };
  await ensureCluster(place, PASSWORD, { durable: false });
  const port = await freePort();
  const directory = clusterDirectory(place.home);
  const url = databaseUrl(port, PASSWORD, "postgres");
  return startServer({
    folder: home,
    address: url,
    spec: {
      role: "test PostgreSQL",
      command: place.binaries.postgres,
      args: postgresArgs(directory, port, { durable: false }),
      env: serverEnv(),
      cwd: "/",
      ...(user ?? {}),
      logFile: join(home, "log"),
      end: { signal: "SIGINT", graceMs: 10_000, lastResort: "SIGQUIT" },
    },
    ready: () => waitForPostgres(url, START_MS),
  });
}

/** A Temporal dev server of its own; its address is host:port. In memory, or in a file that outlives it (for tests that kill it). */
export async function startTestTemporal(
  options: { databaseFile?: string; port?: number } = {},
): Promise<TestServer<string>> {
  const folder = passableFolder("loopwright-temporal-");
  const cli = await findTemporalCli(folder, progress);
  const port = await freePort(options.port);
  const address = `127.0.0.1:${port}`;
  const file = options.databaseFile === undefined ? {} : { databaseFile: options.databaseFile };
  const start: Start = {
    folder,
    address,
    spec: {
      role: "test Temporal",
      command: cli,
      args: devServerArgs({ port, ...file }),
      env: temporalEnv(),
      cwd: folder,
      logFile: join(folder, "log"),
      end: { signal: "SIGTERM", graceMs: 10_000 },
    },
    ready: () => waitForTemporal(address, START_MS),
  };
  // Its inner ports are looked for one by one, and another process may take one before it does: then it ends at once.
  return startServer(start).catch(() => startServer(start));
}

interface Start {
  readonly folder: string;
  readonly address: string;
  readonly spec: ProcessSpec;
  readonly ready: () => Promise<boolean>;
}

async function startServer({ folder, address, spec, ready }: Start): Promise<TestServer<string>> {
  const child = spawnProcess(spec);
  const ended = endOf(child);
  const running = describeProcess(spec.role, child);
  if (running === undefined) throw new Error(`${spec.role} could not start: ${await ended}. Its log: ${spec.logFile}`);
  const watch = endWithParent([running.pid], folder);
  child.unref();
  const stop = async () => {
    await endProcess(running, spec.end);
    watch.done();
    rmSync(folder, { recursive: true, force: true });
  };
  const died = ended.then((reason) => {
    throw new Error(
      `${spec.role} ended before it was ready (${reason}): ${readFileSync(spec.logFile, "utf8").slice(-2_000)}`,
    );
  });
  if (!(await Promise.race([ready(), died]))) throw new Error(`${spec.role} does not answer on ${address}.`);
  died.catch(() => undefined); // from now on its end is our doing
  return { address, pid: running.pid, stop };
}

function testBinaries(user: OsUser | undefined): PostgresBinaries {
  if (process.env["LOOPWRIGHT_TEST_POSTGRES"] !== "debian")
    return embeddedBinaries(user, (line) => progress.line(line));
  const debian = debianBinaries();
  if (debian === undefined)
    throw new Error("LOOPWRIGHT_TEST_POSTGRES=debian, but there is no PostgreSQL below /usr/lib/postgresql.");
  return debian;
}

/** Under root PostgreSQL runs as another user, who must be able to pass through. */
function passableFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o711);
  return folder;
}
