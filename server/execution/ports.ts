import type { Catalogue } from "../../workflows/flow/catalogue.js";
import { readPublishedFlow } from "../../workflows/flow/publish.js";
import type { PublishedFlow } from "../../workflows/flow/schema.js";
import type { ConnectionBrief, ExecutionPorts, Incident, OpenedConnection } from "../../workflows/ports.js";
import { expireApproval, openApproval, withdrawApprovals } from "../approvals/approval-store.js";
import type { Reader, Tx } from "../db/database.js";
import { findVersion } from "../flows/flow-store.js";
import type { Vault } from "../privacy/vault.js";
import { tellDoublesOnce } from "./doubles-once.js";
import { eventTime } from "./event-time.js";
import { loadContexts } from "./load-context.js";

/** What execution needs of connections; the connections' own service gives it. */
export interface ConnectionPorts {
  connectionBriefs(reader: Reader, ids: readonly string[]): Promise<readonly ConnectionBrief[]>;
  openConnections(reader: Reader, ids: readonly (string | null)[]): Promise<readonly (OpenedConnection | null)[]>;
}

export interface PortDependencies {
  readonly vault: Vault;
  readonly catalogue: Catalogue;
  readonly connections: ConnectionPorts;
  readonly runUrl: (runId: string) => string;
  readonly incident: (tx: Tx, incident: Incident) => Promise<void>;
  readonly wake: ExecutionPorts["wake"];
  readonly changed: ExecutionPorts["changed"];
}

/** Features as execution knows them. */
export function createPorts({
  vault,
  catalogue,
  connections,
  runUrl,
  incident,
  wake,
  changed,
}: PortDependencies): ExecutionPorts {
  return {
    sealer: vault,
    catalogue,
    publishedFlow: createFlowCache(),
    loadContexts: (reader, runs) => loadContexts(reader, { vault, runUrl }, runs),
    eventTime,
    openApproval: (tx, run, opening) => openApproval(tx, vault, run, opening),
    expireApproval,
    withdrawApprovals,
    connectionBriefs: connections.connectionBriefs,
    openConnections: connections.openConnections,
    incident: tellDoublesOnce(incident),
    wake,
    changed,
  };
}

const KEPT_FLOWS = 500;

/** Versions never change, so what was read once is kept; the oldest goes first. */
function createFlowCache(): (reader: Reader, versionId: string) => Promise<PublishedFlow> {
  const kept = new Map<string, PublishedFlow>();
  return async (reader, versionId) => {
    const known = kept.get(versionId);
    if (known) return known;
    const version = await findVersion(reader, versionId);
    if (!version) throw new Error(`flow version ${versionId} does not exist`);
    const flow = readPublishedFlow(version.document);
    const [oldest] = kept.keys();
    if (kept.size >= KEPT_FLOWS && oldest !== undefined) kept.delete(oldest);
    kept.set(versionId, flow);
    return flow;
  };
}
