import { sql } from "kysely";
import type { Tx } from "../db/database.js";
import { rootsOf } from "./contact-groups.js";
import type { ContactTables } from "./contact-tables.js";

export interface KnownContacts {
  readonly subjects: ReadonlyMap<string, string>;
  /** Of those that were merged: who stands for them. */
  readonly roots: ReadonlyMap<string, string>;
}

/** Whoever erases them waits until this is stored, and takes it along. */
export async function knownContacts(tx: Tx, ids: readonly string[]): Promise<KnownContacts> {
  if (ids.length === 0) return { subjects: new Map(), roots: new Map() };
  const rows = await tx
    .withTables<ContactTables>()
    .selectFrom("contact")
    .select(["id", "subject_id", "merged_into"])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .forKeyShare()
    .execute();
  if (rows.length < ids.length) throw erasedMeanwhile();
  const merged = rows.filter(({ merged_into }) => merged_into !== null).map(({ id }) => id);
  return {
    subjects: new Map(rows.map(({ id, subject_id }) => [id, subject_id])),
    roots: merged.length === 0 ? new Map() : await rootsOf(tx, merged),
  };
}

/** SQLSTATE of a serialisation failure: the transaction is tried again, and what they are known by leads to them no more. */
const erasedMeanwhile = (): Error =>
  Object.assign(new Error("A contact was erased while something of theirs was being stored."), { code: "40001" });
