import { sql } from "kysely";
import type { Connector, PickerOption } from "../../integrations/connector.js";
import { isSameJson } from "../../workflows/flow/canonical-json.js";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { auditBy, type Doer } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Db, Reader, Tx } from "../db/database.js";
import { badRequest, conflict, notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import { within } from "../members/authorize.js";
import * as store from "./connection-store.js";
import { release } from "./release.js";
import type { ConnectionRow } from "./connection-store.js";
import type { Checked, ConnectionCalls } from "./connection-calls.js";

export interface ConnectionServiceDependencies {
  readonly db: Db;
  readonly calls: ConnectionCalls;
  readonly findConnector: (name: string) => Connector | undefined;
  /** `host:port` addresses that the sandbox answers at. */
  readonly sandboxHosts: readonly string[];
  /** What stands in the way of deleting it, as a sentence; null when nothing does. */
  readonly usedBy: (reader: Reader, connectionId: string) => Promise<string | null>;
  readonly changed: (workspaceId: string, connectionId: string) => void;
}

export interface NewConnection {
  readonly connector: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly secret: Readonly<Record<string, string>>;
}
export type ConnectionChange = {
  readonly [Field in Exclude<keyof NewConnection, "connector">]?: NewConnection[Field] | undefined;
};

export interface OptionsQuestion {
  readonly picker: string;
  readonly query: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export type ConnectionService = ReturnType<typeof createConnectionService>;

/** Every change is checked against the changer's workspace, recorded, and told to whoever looks on. */
export const createConnectionService = (own: ConnectionServiceDependencies) => ({
  list: (actor: Actor): Promise<ConnectionRow[]> =>
    store.listConnections(own.db, actor.workspaceId, within(actor, "connection")),
  find: (changer: Doer, id: string) => find(own, changer, id),
  /** Checked live before anything is stored. */
  create: (changer: Doer, wanted: NewConnection) => create(own, changer, wanted),
  /** A field that is left out keeps its value; what a check depends on is checked again. */
  update: (changer: Doer, id: string, wanted: ConnectionChange) => update(own, { changer, id, wanted }),
  pause: (changer: Doer, id: string) => change(own, { changer, id }, pause),
  /** Of a broken one, too: if its credentials are still refused, the next call breaks it again. */
  resume: (changer: Doer, id: string) => change(own, { changer, id }, resume),
  remove: async (changer: Doer, id: string): Promise<void> => {
    await change(own, { changer, id }, (tx) => remove(own, tx, id));
  },
  options: async (changer: Doer, id: string, question: OptionsQuestion): Promise<readonly PickerOption[]> => {
    const stored = await find(own, changer, id);
    return own.calls.options({ id, connector: stored.connector, stored, ...question });
  },
});

type Own = ConnectionServiceDependencies;
interface Target {
  readonly changer: Doer;
  readonly id: string;
}
/** What is done to the locked row; answers the audit's word for it. */
type Work = (tx: Tx, row: ConnectionRow) => Promise<AuditAction>;

async function find({ db }: Own, { workspaceId }: Doer, id: string): Promise<ConnectionRow> {
  const row = await store.findConnection(db, id);
  if (row?.workspace_id !== workspaceId) throw notFound("connection");
  return row;
}

async function create(
  own: Own,
  changer: Doer,
  { connector, name, config, secret }: NewConnection,
): Promise<ConnectionRow> {
  if (!own.findConnector(connector))
    throw badRequest("unknown_connector", `There is no connector called ${connector}.`);
  const id = uuidv7();
  const checked = await own.calls.check({ id, connector, config, secrets: secret, stored: null });
  const { workspaceId } = changer;
  await transact(own.db, async (tx) => {
    const row = {
      id,
      workspace_id: workspaceId,
      connector,
      name,
      state: "ok",
      reason: null,
      created_at: new Date(),
    } as const;
    await store.insertConnection(tx, { ...row, ...columnsOf(own, connector, checked) });
    await record(tx, changer, { action: "connection.created", id });
  });
  own.changed(workspaceId, id);
  return find(own, changer, id);
}

interface Update extends Target {
  readonly wanted: ConnectionChange;
}

async function update(own: Own, { changer, id, wanted: { name, config, secret } }: Update): Promise<ConnectionRow> {
  const before = await find(own, changer, id);
  const { connector } = before;
  const request = { id, connector, config: config ?? before.config, secrets: secret ?? {}, stored: before };
  const checked = config || secret ? await own.calls.check(request) : null;
  return change(own, { changer, id }, async (tx, row) => {
    // The check took seconds, outside any transaction.
    if (checked && !isSame(before, row)) throw changedMeanwhile();
    const mended = checked && row.state === "broken" ? { state: "ok" as const, reason: null } : {};
    const columns = checked ? { ...columnsOf(own, connector, checked), secret_version: row.secret_version + 1 } : {};
    await store.updateConnection(tx, id, { name: name ?? row.name, ...columns, ...mended });
    return "connection.updated";
  });
}

const pause: Work = async (tx, { id }) => {
  await store.updateConnection(tx, id, { state: "paused", reason: "paused_by_member" });
  return "connection.paused";
};

const resume: Work = async (tx, { id }) => {
  await store.updateConnection(tx, id, { state: "ok", reason: null });
  return "connection.resumed";
};

async function remove({ usedBy }: Own, tx: Tx, id: string): Promise<AuditAction> {
  const reason = (await usedBy(tx, id)) ?? (await openEffects(tx, id)) ?? (await openRuns(tx, id));
  if (reason) throw conflict("connection_in_use", reason);
  await store.deleteConnection(tx, id);
  return "connection.deleted";
}

async function change(own: Own, { changer, id }: Target, work: Work): Promise<ConnectionRow> {
  const before = await transact(own.db, async (tx) => {
    const row = await store.lockConnection(tx, id);
    if (row?.workspace_id !== changer.workspaceId) throw notFound("connection");
    await record(tx, changer, { action: await work(tx, row), id });
    return row;
  });
  const after = await store.findConnection(own.db, id);
  // After commit: a run that is woken must find the connection mended. Whatever it was before: who resumed it may have died right there.
  if (after?.state === "ok") await release(own, after);
  own.changed(changer.workspaceId, id);
  return after ?? before;
}

const columnsOf = ({ findConnector, sandboxHosts }: Own, connector: string, { config, check, sealed }: Checked) => ({
  config: JSON.stringify(config),
  ...sealed,
  account: check.account,
  target: check.target,
  notes: JSON.stringify(check.notes),
  facts: JSON.stringify(check.facts),
  sandbox: (findConnector(connector)?.hosts(config) ?? []).some((host) => sandboxHosts.includes(host)),
  checked_at: new Date(),
});

const isSame = (one: ConnectionRow, other: ConnectionRow): boolean =>
  one.secret_version === other.secret_version && isSameJson(one.config, other.config);

const changedMeanwhile = () =>
  conflict(
    "connection_changed",
    "Somebody changed this connection in the meantime. Load it again, then make your change.",
  );

async function openEffects(reader: Reader, connectionId: string): Promise<string | null> {
  const open = await reader
    .withTables<LedgerTables>()
    .selectFrom("effect")
    .select("id")
    .where("connection_id", "=", connectionId)
    .where("state", "in", ["intent", "sending"])
    .limit(1)
    .executeTakeFirst();
  return open ? "Runs are still using this connection. Let them finish, or cancel them." : null;
}

/** A run may be asleep in an earlier version that still names it, before the step that needs it. */
async function openRuns(reader: Reader, connectionId: string): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select flow.name from flow_version join flow on flow.id = flow_version.flow_id
    where flow_version.document::text like ${`%${connectionId}%`}
      and exists (select 1 from run where run.flow_version_id = flow_version.id and run.finished_at is null)
    order by flow.name limit 1`.execute(reader);
  const [flow] = rows;
  return flow ? `Open runs of “${flow.name}” may still need this connection. Let them finish, or cancel them.` : null;
}

const record = (tx: Tx, changer: Doer, { action, id }: { action: AuditAction; id: string }): Promise<void> =>
  auditBy(tx, changer, { action, target: { kind: "connection", id } });
