import { sql } from "kysely";
import type { Reader, Tx } from "./tx.js";

export interface LedgerMoment {
  readonly now: Date;
  /** This is another database than the one that effects went out from: none is claimed. */
  readonly standsStill: boolean;
}

/** The time, and whether effects may go out at all, in one question. */
export async function ledgerMoment(reader: Reader): Promise<LedgerMoment> {
  const { rows } = await sql<{ now: Date; still: boolean }>`
    select lw_now() as now, lw_stands_still() as still`.execute(reader);
  const row = rows[0];
  if (!row) throw new Error("the database told no time");
  return { now: row.now, standsStill: row.still };
}

/**
 * For a transaction that lets things rest because the database stands still: whoever says that it goes on waits for the end of this one,
 * and then finds what rests.
 */
export async function heldMoment(tx: Tx): Promise<LedgerMoment> {
  const moment = await ledgerMoment(tx);
  if (!moment.standsStill) return moment;
  await sql`select from ledger_state for share`.execute(tx);
  return ledgerMoment(tx);
}

/** The one clock of timers, claims and deadlines: the database's. */
export async function databaseNow(reader: Reader): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select lw_now() as now`.execute(reader);
  const row = rows[0];
  if (!row) throw new Error("the database told no time");
  return row.now;
}

/** So many milliseconds from now by that clock; below zero: ago. */
export const fromNow = (ms: number) => sql<Date>`lw_now() + ${ms} * interval '1 millisecond'`;

export const isAfter = (moment: Date | null, now: Date): moment is Date => moment !== null && moment > now;
