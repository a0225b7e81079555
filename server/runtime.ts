import { connectors, findAction, findConnector, findSource } from "../integrations/index.js";
import { createHttpClient, type HttpClient } from "../integrations/http.js";
import { assertSlackTransport } from "../integrations/slack/index.js";
import { transact } from "../workflows/ledger/transact.js";
import { openTemporal } from "../workflows/temporal/client.js";
import { createReveals } from "./audit/reveals.js";
import type { Config } from "./config.js";
import { createConnectionExecution } from "./connections/connection-execution.js";
import { reachingSandbox, sandboxHosts } from "./connections/sandbox-use.js";
import { openDatabase, type Db } from "./db/database.js";
import { migrate } from "./db/migrate.js";
import { createPorts } from "./execution/ports.js";
import { createQueuedNotifier } from "./execution/queued.js";
import { createWake } from "./execution/waking.js";
import { createCatalogue } from "./flows/catalogue.js";
import type { Log } from "./http/log.js";
import { loggable } from "./http/log.js";
import { keksOf } from "./keys/keks-of.js";
import { noteKek } from "./keys/installation-keys.js";
import { refuseMissingKeys } from "./keys/missing-keys.js";
import { createLiveNotifier } from "./live/live-notifier.js";
import { createMembers, firstMembers } from "./members/members.js";
import { migrations } from "./migrations.js";
import { createNotices } from "./notices/notices.js";
import { createEnvelope } from "./privacy/envelope.js";
import { createKek, type Kek } from "./privacy/kek.js";
import type { KekPurpose } from "./privacy/kek-source.js";
import { revealing } from "./privacy/revealing-vault.js";
import { createVault } from "./privacy/vault.js";
import { createWorkspaceKeys } from "./privacy/workspace-keys.js";

const workersOpen: readonly KekPurpose[] = [
  ...(["workspace-key", "secret-inbound", "secret-outbound", "installation-key"] as const),
  ...(["audit-head", "erasure-receipt", "tombstone"] as const),
];

/** Which secrets a process may open: the api, which the internet reaches, only what it needs to verify what comes in. */
const mayOpen: Record<Config["role"], readonly KekPurpose[]> = {
  api: ["workspace-key", "secret-inbound"],
  worker: workersOpen,
  all: workersOpen,
};

export type Runtime = Awaited<ReturnType<typeof createRuntime>>;

/** What every role needs, wired once: database, keys, connections, execution's ports, Temporal's client. */
export async function createRuntime(config: Config, log: Log) {
  const onError = (error: unknown): void => log.error({ err: loggable(error) }, "Something failed in the background");
  await assertSlackTransport();
  const { db, pool } = openDatabase({
    url: config.databaseUrl,
    maxConnections: config.databasePool,
    applicationName: `loopwright-${config.role}`,
    plansOnce: config.role === "worker",
  });
  await migrate(db, migrations);
  const kek = await openKek(config, db).catch(async (error: unknown) => {
    await pool.end();
    throw error;
  });
  const vault = revealing(createVault(createWorkspaceKeys(kek)), createReveals(db));
  const envelope = createEnvelope(kek);
  const members = createMembers(vault);
  const installation = await transact(db, (tx) => members.ensureInstallation(tx, firstMembers));
  const http = httpFor(config);
  const live = createLiveNotifier({ db, log });
  const notices = createNotices({ vault, installationId: installation.installationId, publicUrl: config.publicUrl });
  const connectionExecution = createConnectionExecution({
    envelope,
    http,
    findConnector,
    sandboxOff: config.sandbox === "off",
    onRefused: notices.connectionBroken,
    onUnreadable: (connectionId, error) =>
      log.error({ connectionId, err: loggable(error) }, "A connection cannot be opened: its messages are refused"),
  });
  const actions = connectors.flatMap((connector) => connector.actions);
  const runUrl = (runId: string): string => `${config.publicUrl}/runs/${runId}`;
  const temporal = openTemporal({ address: config.temporalAddress });
  const queued = createQueuedNotifier(db, onError);
  const ports = createPorts({
    vault,
    catalogue: createCatalogue(actions),
    connections: connectionExecution,
    runUrl,
    incident: notices.incident,
    wake: createWake({ db, poke: temporal.poke, tellQueued: queued.tell }),
    changed: live.changed,
  });
  return {
    ...{ config, log, onError, db, kek, vault, envelope, members, installation },
    ...{ http, live, notices, connectionExecution },
    ...{ connectors, actions, findAction, findConnector, findSource, ports, temporal, queued, runUrl },
    async close(): Promise<void> {
      await queued.close();
      await temporal.close();
      await http.close();
      await live.close();
      await pool.end();
    },
  };
}

/** Throws where something could not be read without a key that is not here. */
async function openKek(config: Config, db: Db): Promise<Kek> {
  const kek = createKek(await keksOf(config), mayOpen[config.role]);
  await refuseMissingKeys(db, kek);
  await noteKek(db, kek);
  return kek;
}

function httpFor({ sandbox, port, allowPrivate }: Config): HttpClient {
  const guarded = createHttpClient({ allowPrivate });
  if (sandbox === "off") return guarded;
  const hosts = sandboxHosts(port);
  return reachingSandbox({ hosts, guarded, open: createHttpClient({ allowPrivate: [...allowPrivate, ...hosts] }) });
}
