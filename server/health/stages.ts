import { sql } from "kysely";
import { firstIdAt } from "../../workflows/ledger/uuid.js";
import type { Db } from "../db/database.js";

/** How long the newest runs took from one stage to the next, seconds. */
export interface StageFigure {
  readonly stage: "queued" | "first_effect" | "done";
  readonly p50: number;
  readonly p99: number;
  readonly runs: number;
}

const NEWEST = 500;
const WITHIN_MS = 300_000;

/**
 * Where time goes, read from what the ledger keeps anyway, so that the hot path pays nothing for it: from the stored event to the run's
 * first fact (`queued`), from there to the first effect that left (`first_effect`), from the stored event to the end (`done`). Ids are
 * times (UUIDv7), so the newest runs are found by their key.
 */
export async function stageFigures(db: Db, now = Date.now()): Promise<StageFigure[]> {
  const { rows } = await sql<StageFigure>`
    with newest as (
      select id, created_at, finished_at from run where id >= ${firstIdAt(now - WITHIN_MS)}::uuid order by id desc limit ${NEWEST}
    ), begun as (
      select newest.*, (select at from run_fact where run_id = newest.id and seq = 1) as begun_at,
        (select min(first_sending_at) from effect where owner_kind = 'run' and owner_id = newest.id) as sent_at
      from newest
    ), took as (
      select stage, extract(epoch from until - since) as seconds from begun
      cross join lateral (values ('queued', created_at, begun_at), ('first_effect', begun_at, sent_at), ('done', created_at, finished_at))
        as stages (stage, since, until)
      where until is not null
    )
    select stage, count(*) as runs, percentile_cont(0.5) within group (order by seconds) as p50,
      percentile_cont(0.99) within group (order by seconds) as p99
    from took group by stage`.execute(db);
  return rows;
}
