import { sql } from "kysely";
import type { Db } from "../db/database.js";

/** Moves the one clock of timers, claims and deadlines in this database: so many milliseconds from the machine's. */
export async function setDatabaseClock(db: Db, aheadMs: number): Promise<void> {
  const body = `select clock_timestamp() + interval '${Math.round(aheadMs)} milliseconds'`;
  await sql
    .raw(`create or replace function lw_now() returns timestamptz language sql volatile as $$${body}$$`)
    .execute(db);
}
