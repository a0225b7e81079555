import { createSecretKey } from "node:crypto";
import type { Reader } from "../db/database.js";
import { createShortCache } from "../short-cache.js";
import { openBytes } from "./aes-gcm.js";
import type { SubjectKey } from "./cell.js";
import type { KeyTables } from "./key-tables.js";
import type { WorkspaceKeys } from "./workspace-keys.js";

/** Unwrapped subject keys are kept briefly: a run opens the same few cells several times within a second. */
const KEPT = { keptMs: 30_000, most: 5_000 };

export function createKeyRing(workspaceKeys: WorkspaceKeys) {
  const kept = { subject_id: createShortCache<SubjectKey>(KEPT), id: createShortCache<SubjectKey>(KEPT) };

  const remember = (subjectId: string, key: SubjectKey): void => {
    kept.subject_id.set(subjectId, key);
    kept.id.set(key.id, key);
  };

  /** By subject or by key id; who is not in the answer has no key any more. Each is looked at once: a kept one may lapse meanwhile. */
  async function keysOf(
    reader: Reader,
    column: "subject_id" | "id",
    wanted: readonly string[],
  ): Promise<ReadonlyMap<string, SubjectKey>> {
    const looked = [...new Set(wanted)].map((name) => ({ name, key: kept[column].get(name) }));
    const found = new Map(looked.flatMap(({ name, key }): [string, SubjectKey][] => (key ? [[name, key]] : [])));
    const missing = looked.filter(({ key }) => !key).map(({ name }) => name);
    for (const row of await readKeys(reader, column, missing)) {
      const wrapping = await workspaceKeys.byId(reader, row.workspace_key_id);
      const key: SubjectKey = { id: row.id, key: createSecretKey(openBytes(wrapping.key, row.id, row.wrapped)) };
      remember(row.subject_id, key);
      found.set(row[column], key);
    }
    return found;
  }

  return { keysOf, remember };
}

async function readKeys(reader: Reader, column: "subject_id" | "id", wanted: readonly string[]) {
  if (wanted.length === 0) return [];
  const db = reader.withTables<KeyTables>();
  return db.selectFrom("subject_key").selectAll().where(column, "in", wanted).orderBy("id").execute();
}
