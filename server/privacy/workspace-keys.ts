import { createSecretKey, randomBytes, type KeyObject } from "node:crypto";
import { sql } from "kysely";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Reader } from "../db/database.js";
import { createShortCache } from "../short-cache.js";
import type { Kek } from "./kek.js";
import type { KeyTables } from "./key-tables.js";

export interface WorkspaceKey {
  readonly id: string;
  readonly key: KeyObject;
}

interface KeyRow {
  readonly id: string;
  readonly wrapped: Buffer;
  readonly uncommitted: boolean;
}

/** Unwrapped workspace keys, held for at most an hour so that a revoked KEK stops working. */
export interface WorkspaceKeys {
  current(reader: Reader, workspaceId: string, purpose: "subject" | "blind"): Promise<WorkspaceKey>;
  byId(reader: Reader, id: string): Promise<WorkspaceKey>;
}

const HELD = { keptMs: 3_600_000, most: 10_000 };
/** How long a process believes which key is today's, milliseconds: a rotation waits it out before it looks a last time. */
export const CHOSEN_MS = 5_000;

export function createWorkspaceKeys(kek: Kek): WorkspaceKeys {
  const held = createShortCache<WorkspaceKey>(HELD);
  const chosen = createShortCache<string>({ ...HELD, keptMs: CHOSEN_MS });

  const unwrap = ({ id, wrapped }: KeyRow): WorkspaceKey => ({
    id,
    key: createSecretKey(kek.unwrap("workspace-key", id, wrapped)),
  });

  function hold(row: KeyRow): WorkspaceKey {
    const known = held.get(row.id);
    if (known) return known;
    const key = unwrap(row);
    // A key made in this transaction may still be rolled back: a later call reads what was committed.
    if (!row.uncommitted) held.set(row.id, key);
    return key;
  }

  return {
    async current(reader, workspaceId, purpose) {
      const name = `${workspaceId}/${purpose}`;
      const known = held.get(chosen.get(name) ?? "");
      if (known) return known;
      const row = await currentRow(reader, kek, { workspaceId, purpose });
      if (!row.uncommitted) chosen.set(name, row.id);
      return hold(row);
    },
    async byId(reader, id) {
      return held.get(id) ?? hold(await keyRows(reader).where("id", "=", id).executeTakeFirstOrThrow());
    },
  };
}

/** Two processes may make a workspace's first key at once: the index lets one through, and both read it. */
async function currentRow(
  reader: Reader,
  kek: Kek,
  { workspaceId, purpose }: { workspaceId: string; purpose: "subject" | "blind" },
): Promise<KeyRow> {
  const db = reader.withTables<KeyTables>();
  const find = () =>
    keyRows(reader)
      .where("workspace_id", "=", workspaceId)
      .where("purpose", "=", purpose)
      .where("retired_at", "is", null)
      .executeTakeFirst();
  const found = await find();
  if (found) return found;
  const id = uuidv7();
  const wrapped = kek.wrap("workspace-key", id, randomBytes(32));
  await db
    .insertInto("workspace_key")
    .values({ id, workspace_id: workspaceId, purpose, wrapped, created_at: new Date(), retired_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await find();
  if (!row) throw new Error(`workspace ${workspaceId} has no ${purpose} key`);
  return row;
}

/** `uncommitted`: made by the transaction that reads it. */
const keyRows = (reader: Reader) =>
  reader
    .withTables<KeyTables>()
    .selectFrom("workspace_key")
    .select(["id", "wrapped"])
    .select(sql<boolean>`coalesce(xmin = pg_current_xact_id_if_assigned()::xid, false)`.as("uncommitted"));
