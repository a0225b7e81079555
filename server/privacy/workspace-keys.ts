import { randomBytes } from "node:crypto";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Reader } from "../db/database.js";
import type { Kek } from "./kek.js";
import type { KeyTables } from "./key-tables.js";

export interface WorkspaceKey {
  readonly id: string;
  readonly key: Buffer;
}

interface KeyRow {
  readonly id: string;
  readonly wrapped: Buffer;
}

/** Unwrapped workspace keys, held for at most an hour so that a revoked KEK stops working. */
export interface WorkspaceKeys {
  current(reader: Reader, workspaceId: string, purpose: "subject" | "blind"): Promise<WorkspaceKey>;
  byId(reader: Reader, id: string): Promise<WorkspaceKey>;
}

const HELD_MS = 3_600_000;

export function createWorkspaceKeys(kek: Kek): WorkspaceKeys {
  const held = new Map<string, { key: WorkspaceKey; until: number }>();

  const unwrap = ({ id, wrapped }: KeyRow): WorkspaceKey => ({ id, key: kek.unwrap("workspace-key", id, wrapped) });

  function hold(name: string, row: KeyRow): WorkspaceKey {
    const key = unwrap(row);
    held.set(name, { key, until: Date.now() + HELD_MS });
    return key;
  }
  const live = (name: string): WorkspaceKey | undefined => {
    const entry = held.get(name);
    return entry && entry.until > Date.now() ? entry.key : undefined;
  };

  return {
    async current(reader, workspaceId, purpose) {
      const name = `${workspaceId}/${purpose}`;
      const known = live(name);
      if (known) return known;
      const { row, isNew } = await currentRow(reader, kek, { workspaceId, purpose });
      // A key made in this transaction may still be rolled back: the next call reads what was committed.
      return isNew ? unwrap(row) : hold(name, row);
    },
    async byId(reader, id) {
      const query = reader.withTables<KeyTables>().selectFrom("workspace_key").select(["id", "wrapped"]);
      return live(id) ?? hold(id, await query.where("id", "=", id).executeTakeFirstOrThrow());
    },
  };
}

/** Two processes may make a workspace's first key at once: the index lets one through, and both read it. */
async function currentRow(
  reader: Reader,
  kek: Kek,
  { workspaceId, purpose }: { workspaceId: string; purpose: "subject" | "blind" },
): Promise<{ row: KeyRow; isNew: boolean }> {
  const db = reader.withTables<KeyTables>();
  const find = () =>
    db
      .selectFrom("workspace_key")
      .select(["id", "wrapped"])
      .where("workspace_id", "=", workspaceId)
      .where("purpose", "=", purpose)
      .where("retired_at", "is", null)
      .executeTakeFirst();
  const found = await find();
  if (found) return { row: found, isNew: false };
  const id = uuidv7();
  const wrapped = kek.wrap("workspace-key", id, randomBytes(32));
  await db
    .insertInto("workspace_key")
    .values({ id, workspace_id: workspaceId, purpose, wrapped, created_at: new Date(), retired_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await find();
  if (!row) throw new Error(`workspace ${workspaceId} has no ${purpose} key`);
  return { row, isNew: row.id === id };
}
