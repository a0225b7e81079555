import { sql } from "kysely";
import { runInBackground, type Background } from "../../workflows/background.js";
import { fromNow } from "../../workflows/ledger/clock.js";
import { transact } from "../../workflows/ledger/transact.js";
import { firstIdAt } from "../../workflows/ledger/uuid.js";
import type { Db, Tx } from "../db/database.js";

const MINUTE_MS = 60_000;
/** Counted later than this: an effect's id is made a moment before the effect is committed. */
const LATE_MS = 2 * MINUTE_MS;
/** As much as one statement counts. */
const STRETCH_MS = 60 * MINUTE_MS;
const LOOK_BACK_MS = 30 * 24 * 60 * MINUTE_MS;
const EVERY_MS = 5 * MINUTE_MS;

/**
 * Counts what each connection did, an hour of effects at a time, each effect once, by the primary key: so the registry reads a row a day
 * in place of every effect, and the ledger needs no index for it. True when there is more to count.
 */
export const countUse = (db: Db): Promise<boolean> =>
  transact(db, async (tx) => {
    const counted = await takeTurn(tx);
    if (!counted) return false;
    const first = await firstEffectAt(tx, counted.until);
    const edge = new Date(counted.now.getTime() - LATE_MS);
    const from = first && first < edge ? first : edge;
    if (from < counted.until) return false;
    const until = new Date(Math.min(edge.getTime(), from.getTime() + STRETCH_MS));
    await count(tx, from, until);
    await sql`update connection_use_until set until = ${until}`.execute(tx);
    return until < edge;
  });

/** Whoever else is counting is not waited for. The first time it begins a month ago. */
async function takeTurn(tx: Tx): Promise<{ until: Date; now: Date } | undefined> {
  await sql`insert into connection_use_until (until) values (${fromNow(-LOOK_BACK_MS)})
    on conflict do nothing`.execute(tx);
  const { rows } = await sql<{ until: Date; now: Date }>`
    select until, lw_now() as now from connection_use_until for update skip locked`.execute(tx);
  return rows[0];
}

async function firstEffectAt(tx: Tx, since: Date): Promise<Date | null> {
  const { rows } = await sql<{ id: string }>`
    select id from effect where id >= ${firstIdAt(since.getTime())}::uuid order by id limit 1`.execute(tx);
  return rows[0] ? new Date(Number.parseInt(rows[0].id.replace("-", "").slice(0, 12), 16)) : null;
}

const count = (tx: Tx, from: Date, until: Date) =>
  sql`
    insert into connection_use (connection_id, day, effects, last_at)
    select connection_id, (created_at at time zone 'UTC')::date, count(*), max(created_at) from effect
    where id >= ${firstIdAt(from.getTime())}::uuid and id < ${firstIdAt(until.getTime())}::uuid and connection_id is not null
    group by 1, 2 order by 1, 2
    on conflict (connection_id, day) do update set effects = connection_use.effects + excluded.effects,
      last_at = greatest(connection_use.last_at, excluded.last_at)`.execute(tx);

export const startUseCounter = ({ db, onError }: { db: Db; onError: (error: unknown) => void }): Background =>
  runInBackground({ everyMs: EVERY_MS, onError, turn: () => countUse(db) });
