import { sql } from "kysely";
import { ledgerMoment } from "./clock.js";
import type { ForgottenTime } from "./effect-store.js";
import type { LedgerTables } from "./tables.js";
import type { Reader, Tx } from "./tx.js";

/** A backup that was restored: it reaches up to one moment, and an operator said so at another. */
export interface RestorePoint {
  readonly reaches: Date;
  readonly namedAt: Date;
}

/** Whether this is another database than the one that effects went out from: then none goes out, until an operator speaks. */
export const standsStill = async (reader: Reader): Promise<boolean> => (await ledgerMoment(reader)).standsStill;

/** Nothing was lost (an upgrade, a move): effects go on from this database as they are. */
export async function acceptDatabase(tx: Tx): Promise<void> {
  await lockOpenOwners(tx);
  await sql`update ledger_state set identity = lw_database_identity()`.execute(tx);
  await wakeOpen(tx);
}

/**
 * From the moment that the backup reaches until now, effects may have gone out that this database does not remember. Every open one
 * is in doubt from here on; what runs of earlier events plan later is so from its beginning (`forgottenTime`). Time stood still:
 * they are tried for as much longer. The last attempt on record is a moment that the backup surely reaches; a later one that
 * somebody names by mistake is not believed.
 */
export async function nameRestorePoint(tx: Tx, named: Date): Promise<RestorePoint> {
  await lockOpenOwners(tx);
  const { rows } = await sql<{ reaches: Date; named_at: Date }>`
    insert into restore_point (named_at, reaches)
    select lw_now(), least(${named}::timestamptz, max(started_at)) from effect_attempt
    where effect_id in (select id from effect where attempts > 0 order by id desc limit ${NEWEST})
    returning named_at, reaches`.execute(tx);
  const [point] = rows;
  if (!point) throw new Error("the restore point was not stored");
  await doubtOpen(tx, { from: point.reaches, until: point.named_at });
  await acceptDatabase(tx);
  return { reaches: point.reaches, namedAt: point.named_at };
}

/** An earlier moment than the last attempt only makes look-ups reach back further: these tell it well enough. */
const NEWEST = 1_000;

/**
 * All of them, also those without an effect yet: whoever plans one meanwhile reads after us that the database goes on, and from where,
 * or we its effect.
 */
async function lockOpenOwners(tx: Tx): Promise<void> {
  await sql`select id from run where finished_at is null order by id for update`.execute(tx);
  await sql`select id from notice where finished_at is null order by id for update`.execute(tx);
}

/** What was parked may be looked for again, and must then reach back as far. */
async function doubtOpen(tx: Tx, { from, until }: ForgottenTime): Promise<void> {
  await sql`
    update effect set
      first_sending_at = least(first_sending_at, ${from}::timestamptz), forgotten_until = ${until},
      retry_until = retry_until + (${until}::timestamptz - ${from}::timestamptz)
    where state in ('intent', 'sending', 'ambiguous') and ${ownerIsOpen}`.execute(tx);
  await sql`
    update effect set state = 'sending', token = null, doubt_since = ${until}, not_before = null, slot_reserved = false
    where settled_at is null and ${ownerIsOpen}`.execute(tx);
}

const ownerIsOpen = sql`(
  owner_kind = 'run' and exists (select from run where run.id = owner_id and run.finished_at is null)
  or owner_kind = 'notice' and exists (select from notice where notice.id = owner_id and notice.finished_at is null))`;

/** They go back to the dispatcher, which polls: whoever names a restore point may have no engine to poke. */
async function wakeOpen(tx: Tx): Promise<void> {
  for (const table of [sql.table("run"), sql.table("notice")])
    await sql`
      update ${table} as owner set due_at = least(owner.due_at, lw_now()), driven = false
      where owner.finished_at is null
        and exists (select from effect where owner_id = owner.id and settled_at is null)`.execute(tx);
}

/** An event is dated by its sender. */
const SENDERS_CLOCK_MS = 300_000;

/**
 * The time of which nobody remembers what was done for an event: null where it happened after every restore point was named. What
 * is planned for an earlier one may exist already, also where the event itself was forgotten and came a second time.
 */
export async function forgottenTime(
  points: readonly RestorePoint[],
  eventTime: () => Promise<Date>,
): Promise<ForgottenTime | null> {
  if (points.length === 0) return null;
  const happened = (await eventTime()).getTime() - SENDERS_CLOCK_MS;
  const later = points.filter(({ namedAt }) => namedAt.getTime() > happened);
  if (later.length === 0) return null;
  const moments = (of: (point: RestorePoint) => Date): number[] => later.map((point) => of(point).getTime());
  return {
    from: new Date(Math.min(...moments(({ reaches }) => reaches))),
    until: new Date(Math.max(...moments(({ namedAt }) => namedAt))),
  };
}

/** Oldest first. */
export async function restorePoints(reader: Reader): Promise<RestorePoint[]> {
  const query = reader.withTables<LedgerTables>().selectFrom("restore_point").selectAll().orderBy("named_at");
  return (await query.execute()).map(({ reaches, named_at: namedAt }) => ({ reaches, namedAt }));
}
