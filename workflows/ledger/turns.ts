import { sql } from "kysely";
import { rowsAs } from "./rows.js";
import type { RunRow } from "./run-store.js";
import type { Db, Reader, Tx } from "./tx.js";

/**
 * Runs of one flow and key go one at a time. `run.turn` is a run's place among those of its key, and 0 once it is its turn, so that
 * whoever is at it stands before everybody who waits, also before an older run whose event was stored later.
 *
 * No turn is lost between a run that finishes and one that is about to wait. The waiting one (A) locks its own row, then reads who is
 * before it, then writes when it is due and commits. The finishing one (B) commits its end, then, in a statement of its own, makes the
 * first of those who wait due. Either A read after B's commit: then it did not see B, and goes on. Or it read before: then B's
 * statement, which begins after B's commit, finds A's row, waits for A's lock where A has not committed yet, and writes on top of what
 * A wrote. Its row is chosen by `turn` alone, never by `due_at`, because that is what A may be changing. Whoever dies between end and
 * statement leaves it to A's own due time.
 */

export interface Ahead {
  /** The first of those before it. */
  readonly first: string;
  /** How many there are, as far as anybody counts. */
  readonly count: number;
}

const COUNTED = 10;

/** It has to ask before it goes on. A cancelled run only ends, and waits for nobody. */
export const mustTakeTurn = ({ flow_key, turn, state }: RunRow): boolean =>
  flow_key !== null && turn !== 0 && state !== "cancelled";

/**
 * Two of one key never ask side by side: each sees what the one before it took. The place of this lock is after the runs' and before
 * approvals'. A half of the hash is enough: keys that share it only wait for each other.
 */
export async function lockKeys(tx: Tx, runs: readonly RunRow[]): Promise<void> {
  const halves = runs.flatMap(({ flow_key }) => (flow_key ? [flow_key.readBigInt64BE(0)] : []));
  const sorted = [...new Set(halves)].sort((a, b) => (a < b ? -1 : 1)).map(String);
  await sql`select pg_advisory_xact_lock(half) from unnest(${sorted}::bigint[]) as half`.execute(tx);
}

/** Who is before each of these; a run with nobody before it is not there. Whoever acts on it holds the runs' locks, and their keys'. */
export async function aheadOf(
  reader: Reader,
  runIds: readonly string[],
  counted = COUNTED,
): Promise<Map<string, Ahead>> {
  const { rows } = await sql<Ahead & { asked: string }>`
    select own.id as asked, (array_agg(ahead.id order by ahead.turn))[1] as first, count(*)::int as count
    from run as own cross join lateral (
      select other.id, other.turn from run as other
      where other.flow_id = own.flow_id and other.flow_key = own.flow_key and other.flow_key is not null
        and other.finished_at is null and other.turn < own.turn
      order by other.turn limit ${counted}
    ) as ahead
    where own.id = any(${runIds}::uuid[]) group by own.id`.execute(reader);
  return new Map(rows.map(({ asked, first, count }) => [asked, { first, count }]));
}

/** All that are open before it and not cancelled yet, first come first. */
export async function openBefore(reader: Reader, { flow_id, flow_key, turn }: RunRow): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from run where flow_id = ${flow_id} and flow_key = ${flow_key} and flow_key is not null
      and finished_at is null and turn < ${turn} and state <> 'cancelled' order by turn`.execute(reader);
  return rows.map(({ id }) => id);
}

export async function takeTurns(tx: Tx, runIds: readonly string[]): Promise<void> {
  if (runIds.length === 0) return;
  await sql`update run set turn = 0 where id = any(${runIds}::uuid[])`.execute(tx);
}

export interface Waiting {
  readonly id: string;
  /** When it looks again if nobody wakes it. */
  readonly afterMs: number;
}

/** They rest, without a driver: whoever finishes before them wakes the first. */
export async function awaitTurns(tx: Tx, waiting: readonly Waiting[]): Promise<void> {
  if (waiting.length === 0) return;
  await sql`
    update run set state = 'queued', driven = false, due_at = lw_now() + waits.after_ms * interval '1 millisecond',
      halted_since = null, halted_code = null
    from ${rowsAs("waits", waiting, {
      id: ["uuid", ({ id }) => id],
      after_ms: ["int", ({ afterMs }) => afterMs],
    })}
    where run.id = waits.id`.execute(tx);
}

/** After the commit in which these finished: the next of each key is due. Answers which. */
export async function wakeNext(db: Db, finished: readonly RunRow[]): Promise<string[]> {
  const keyed = finished.filter(({ flow_key }) => flow_key !== null);
  if (keyed.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    with next as (
      select distinct front.id from ${rowsAs("over", keyed, {
        flow_id: ["uuid", ({ flow_id }) => flow_id],
        flow_key: ["bytea", ({ flow_key }) => flow_key],
      })}
      cross join lateral (
        select id from run where flow_id = over.flow_id and flow_key = over.flow_key and flow_key is not null
          and finished_at is null order by turn limit 1
      ) as front
    ), locked as (
      select run.id from run join next on run.id = next.id where run.turn > 0 and run.finished_at is null
      order by run.id for update of run
    )
    update run set due_at = least(run.due_at, lw_now()) from locked where run.id = locked.id returning run.id`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}
