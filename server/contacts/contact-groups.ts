import { sql } from "kysely";
import type { Reader } from "../db/database.js";

/** Everybody who is the same person as one of these, themselves included. */
export async function groupsOf(reader: Reader, contactIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct other as id from unnest(${contactIds}::uuid[]) as one, lw_contact_group(one) as other`.execute(
    reader,
  );
  return rows.map(({ id }) => id);
}

/** Who stands for each of these; who is not there is left out. */
export async function rootsOf(reader: Reader, contactIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ one: string; root: string | null }>`
    select one, lw_contact_root(one) as root from unnest(${contactIds}::uuid[]) as one`.execute(reader);
  return new Map(rows.flatMap(({ one, root }): [string, string][] => (root === null ? [] : [[one, root]])));
}
