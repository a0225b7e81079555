import { sql, type RawBuilder } from "kysely";
import type { Tx } from "../db/database.js";

/** How many rows of each table went. */
export type Deleted = Readonly<Record<string, number>>;

export type Deletion = readonly [table: string, where: RawBuilder<unknown>];

export async function deleteEach(tx: Tx, deletions: readonly Deletion[]): Promise<Deleted> {
  const deleted: Record<string, number> = {};
  for (const [table, where] of deletions) {
    const { numAffectedRows } = await sql`delete from ${sql.table(table)} where ${where}`.execute(tx);
    deleted[table] = Number(numAffectedRows ?? 0);
  }
  return deleted;
}

/** Responses with everything that hangs on them: runs, effects, approvals, words. The caller holds their locks. */
export async function deleteResponses(tx: Tx, responseIds: readonly string[]): Promise<Deleted> {
  const { rows } = await sql<{ id: string }>`
    select id from run where response_id = any(${responseIds}::uuid[]) order by id for update`.execute(tx);
  const runIds = rows.map(({ id }) => id);
  const effects = sql`select id from effect where owner_kind = 'run' and owner_id = any(${runIds}::uuid[])`;
  return deleteEach(tx, [
    ["effect_attempt", sql`effect_id in (${effects})`],
    ["effect", sql`owner_kind = 'run' and owner_id = any(${runIds}::uuid[])`],
    ["run_fact", sql`run_id = any(${runIds}::uuid[])`],
    ["approval", sql`run_id = any(${runIds}::uuid[])`],
    ["run", sql`id = any(${runIds}::uuid[])`],
    ["mention", sql`response_id = any(${responseIds}::uuid[])`],
    ["revision", sql`response_id = any(${responseIds}::uuid[])`],
    ["response", sql`id = any(${responseIds}::uuid[])`],
  ]);
}
