import type { ConnectionFacts, Connector, OpenConnection } from "../../integrations/connector.js";
import { TransportError, type HttpClient } from "../../integrations/http.js";
import type { ConnectionBrief, OpenedConnection } from "../../workflows/ports.js";
import { audit } from "../audit/audit.js";
import type { Reader, Tx } from "../db/database.js";
import type { Envelope, SecretPurpose } from "../privacy/envelope.js";
import { openSecrets, type Secrets } from "./connection-secrets.js";
import * as store from "./connection-store.js";
import type { ConnectionRow } from "./connection-store.js";
import { maskingSecrets } from "./mask-secrets.js";
import { boundTo, noConnection, openParts } from "./open-connection.js";
import { SANDBOX_OFF } from "./sandbox-use.js";

export interface RefusedConnection {
  readonly workspaceId: string;
  readonly id: string;
  readonly name: string;
  readonly code: string;
}

export interface ConnectionExecutionDependencies {
  readonly envelope: Envelope;
  readonly http: HttpClient;
  readonly findConnector: (name: string) => Connector | undefined;
  /** Whether connections that point at the sandbox lead nowhere. */
  readonly sandboxOff: boolean;
  /** Told once, in the transaction that breaks the connection. */
  readonly onRefused: (tx: Tx, refused: RefusedConnection) => Promise<void>;
  /** Told of each connection that messages cannot be verified for, because it cannot be opened. */
  readonly onUnreadable: (connectionId: string, error: unknown) => void;
}

/** A connection as the api may use it: what verifies messages from outside, and what opens a modal in time. */
export interface InboundConnection extends OpenConnection {
  readonly workspaceId: string;
  readonly state: ConnectionBrief["state"];
  readonly facts: ConnectionFacts;
  /** Inbound fields only; a field that is not set is missing. */
  readonly secrets: Secrets;
}

/**
 * Connections as runs and incoming messages need them. Nothing is kept between calls: a row is read and unsealed in well under a
 * millisecond, and a secret that was replaced a moment ago is never used again.
 */
export const createConnectionExecution = (own: ConnectionExecutionDependencies) => ({
  /** In a transaction that lets effects rest where a connection is not to be used. */
  connectionBriefs: async (tx: Tx, ids: readonly string[]): Promise<readonly ConnectionBrief[]> => {
    if (ids.length === 0) return [];
    const briefs = await store.briefs(tx, [...new Set(ids)]);
    const unusable = briefs.filter(({ state }) => state !== "ok").map(({ id }) => id);
    if (unusable.length === 0) return briefs;
    return [...briefs.filter(({ state }) => state === "ok"), ...(await store.heldBriefs(tx, unusable))];
  },

  /**
   * For a worker, each opened once, in the order asked; null where one is not to be used now. An id of null stands for an action that
   * needs none.
   */
  openConnections: async (
    reader: Reader,
    ids: readonly (string | null)[],
  ): Promise<readonly (OpenedConnection | null)[]> => {
    const wanted = new Set(ids.filter((id) => id !== null));
    const rows = wanted.size > 0 ? await store.findConnections(reader, [...wanted]) : [];
    const usable = rows.filter(({ state }) => state === "ok");
    const opened = new Map(usable.map((row) => [row.id, openOutbound(own, row)]));
    return ids.map((id) => (id === null ? noConnection(own.http) : (opened.get(id) ?? null)));
  },

  /** Null when there is none (any more). */
  openInbound: async (reader: Reader, connectionId: string): Promise<InboundConnection | null> => {
    const row = await store.findConnection(reader, connectionId);
    return row ? toInbound(own, row) : null;
  },

  /**
   * Every connection of a connector, whatever its workspace: for messages that do not say whom they are for. One that cannot be
   * opened is told of and left out: the others' messages are none of its business.
   */
  inboundConnections: async (reader: Reader, connector: string): Promise<readonly InboundConnection[]> =>
    (await store.connectionsOf(reader, connector)).flatMap((row) => readable(own, row)),
});

type Own = ConnectionExecutionDependencies;

/** Says so, where the guarded client would speak of a private address. */
const sandboxIsOff: HttpClient = {
  send: () => Promise.reject(new TransportError("unsent", "sandbox_off", { message: SANDBOX_OFF.replace(/\.$/, "") })),
  close: () => Promise.resolve(),
};

function connectorOf({ findConnector }: Own, row: ConnectionRow): Connector {
  const connector = findConnector(row.connector);
  if (!connector) throw new Error(`connection ${row.id} needs the connector ${row.connector}, which is not installed`);
  return connector;
}

function openOutbound(own: Own, row: ConnectionRow): OpenedConnection {
  const { id, config, facts } = row;
  const secrets = secretsOf(own, row, "outbound");
  const http = row.sandbox && own.sandboxOff ? sandboxIsOff : own.http;
  const open = openParts({ id, connector: connectorOf(own, row), config, facts, secrets }, http);
  return { ...open, refused: (tx, code) => refused(own, tx, { opened: row, code }) };
}

const secretsOf = ({ envelope }: Own, row: ConnectionRow, purpose: SecretPurpose): Secrets =>
  openSecrets(envelope, purpose, {
    id: row.id,
    bytes: purpose === "inbound" ? row.secret_inbound : row.secret_outbound,
  });

function readable(own: Own, row: ConnectionRow): InboundConnection[] {
  try {
    return [toInbound(own, row)];
  } catch (error) {
    own.onUnreadable(row.id, error);
    return [];
  }
}

function toInbound(own: Own, row: ConnectionRow): InboundConnection {
  const connector = connectorOf(own, row);
  const secrets = secretsOf(own, row, "inbound");
  const { id, facts } = row;
  return {
    id,
    workspaceId: row.workspace_id,
    state: row.state,
    facts,
    config: { ...connector.config.parse({ ...row.config, facts }), facts },
    // Where all that the connector needs is inbound (Slack), this is its whole secret, read by its own schema.
    secret: connector.secret.safeParse(secrets).data ?? secrets,
    secrets,
    http: boundTo(connector.hosts(row.config), maskingSecrets(own.http, secrets), true),
  };
}

/**
 * Only the first call that says so changes and tells anything, and one that was begun with a secret which has been replaced since says
 * nothing about the new one.
 */
async function refused(
  { onRefused }: Own,
  tx: Tx,
  { opened, code }: { readonly opened: ConnectionRow; readonly code: string },
): Promise<void> {
  const { id } = opened;
  const row = await store.lockConnection(tx, id);
  if (row?.state !== "ok" || row.secret_version !== opened.secret_version) return;
  const { workspace_id: workspaceId, name } = row;
  await store.updateConnection(tx, id, { state: "broken", reason: code });
  await audit(tx, {
    workspaceId,
    actor: { kind: "system", id: null },
    action: "connection.refused",
    target: { kind: "connection", id },
    data: { code },
  });
  await onRefused(tx, { workspaceId, id, name, code });
}
