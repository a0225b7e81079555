import { sql } from "kysely";
import type { Db } from "../ledger/tx.js";

/** How many statements of this database wait for somebody's lock. */
export async function lockWaits(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
  return rows[0]?.n ?? 0;
}
