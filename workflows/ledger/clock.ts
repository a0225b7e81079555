import { sql } from "kysely";
import type { Reader } from "./tx.js";

/** The one clock of timers, claims and deadlines: the database's. */
export async function databaseNow(reader: Reader): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select lw_now() as now`.execute(reader);
  const row = rows[0];
  if (!row) throw new Error("the database told no time");
  return row.now;
}
