import { sql, type Insertable, type Selectable, type Updateable } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import type { ConnectionTables } from "./connection-tables.js";

export type ConnectionRow = Selectable<ConnectionTables["connection"]>;

const select = (reader: Reader) => reader.withTables<ConnectionTables>().selectFrom("connection").selectAll();

/** `only`: ids, null for all of the workspace. */
export const listConnections = (
  reader: Reader,
  workspaceId: string,
  only: readonly string[] | null = null,
): Promise<ConnectionRow[]> =>
  select(reader)
    .where("workspace_id", "=", workspaceId)
    .$if(only !== null, (connections) => connections.where("id", "in", only ?? []))
    .orderBy("id")
    .execute();

export const connectionsOf = (reader: Reader, connector: string): Promise<ConnectionRow[]> =>
  select(reader).where("connector", "=", connector).orderBy("id").execute();

export const findConnection = (reader: Reader, id: string): Promise<ConnectionRow | undefined> =>
  select(reader).where("id", "=", id).executeTakeFirst();

export const lockConnection = (tx: Tx, id: string): Promise<ConnectionRow | undefined> =>
  select(tx).where("id", "=", id).forUpdate().executeTakeFirst();

const selectBriefs = (reader: Reader, ids: readonly string[]) =>
  reader.withTables<ConnectionTables>().selectFrom("connection").select(["id", "connector", "state"]).where(among(ids));

export const briefs = (reader: Reader, ids: readonly string[]) => selectBriefs(reader, ids).execute();

/** Read once more: whoever changes them waits for the end of this transaction, and then finds what rests on them. */
export const heldBriefs = (tx: Tx, ids: readonly string[]) => selectBriefs(tx, ids).orderBy("id").forShare().execute();

export const findConnections = (reader: Reader, ids: readonly string[]): Promise<ConnectionRow[]> =>
  select(reader).where(among(ids)).execute();

/** One text however many there are. */
const among = (ids: readonly string[]) => sql<boolean>`id = any(${ids}::uuid[])`;

export async function insertConnection(tx: Tx, row: Insertable<ConnectionTables["connection"]>): Promise<void> {
  await tx.withTables<ConnectionTables>().insertInto("connection").values(row).execute();
}

export async function updateConnection(
  tx: Tx,
  id: string,
  change: Updateable<ConnectionTables["connection"]>,
): Promise<void> {
  await tx.withTables<ConnectionTables>().updateTable("connection").set(change).where("id", "=", id).execute();
}

export async function deleteConnection(tx: Tx, id: string): Promise<void> {
  await tx.withTables<ConnectionTables>().deleteFrom("connection").where("id", "=", id).execute();
}

/** Which connectors have a connection that points at the sandbox, whatever its workspace. */
export async function sandboxConnectors(reader: Reader): Promise<string[]> {
  const rows = await reader
    .withTables<ConnectionTables>()
    .selectFrom("connection")
    .select("connector")
    .distinct()
    .where("sandbox", "=", true)
    .orderBy("connector")
    .execute();
  return rows.map(({ connector }) => connector);
}

export async function hasSandbox(reader: Reader, workspaceId: string): Promise<boolean> {
  const row = await reader
    .withTables<ConnectionTables>()
    .selectFrom("connection")
    .select("id")
    .where("sandbox", "=", true)
    .where("workspace_id", "=", workspaceId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
