import { sql } from "kysely";
import { fromNow } from "./clock.js";
import { flushedLater } from "./flushed-later.js";
import type { OwnerKind } from "./tables.js";
import type { Db, Tx } from "./tx.js";

/** The tables whose rows have a driver: each has `due_at`, `driven` and `finished_at`. */
export const DRIVEN_KINDS = ["run", "notice"] as const satisfies readonly OwnerKind[];

/** Several times the batch, because other dispatchers may hold the first of them. */
const CANDIDATES = 10;

/**
 * Takes owners that no driver has yet, workspaces in turn, and leases them: whoever dies after this gives them back when the
 * lease ends. Rows that another dispatcher holds are passed over. The workspaces are found by stepping through the index from one to
 * the next (wiki.postgresql.org/wiki/Loose_indexscan), so that a turn costs the same however much one of them has queued. A lease that
 * a crash of the database forgets is taken again.
 */
export async function leaseQueued(
  db: Db,
  kind: OwnerKind,
  { limit, leaseMs }: { limit: number; leaseMs: number },
): Promise<string[]> {
  const table = sql.table(kind);
  const { rows } = await sql<{ id: string }>`
    with recursive workspace as (
      (select workspace_id from ${table} where finished_at is null and not driven order by workspace_id limit 1)
      union all
      select (
        select later.workspace_id from ${table} as later
        where later.finished_at is null and not later.driven and later.workspace_id > workspace.workspace_id
        order by later.workspace_id limit 1
      ) from workspace where workspace.workspace_id is not null
    ), ranked as (
      select oldest.* from workspace cross join lateral (
        select id, due_at, row_number() over (order by due_at) as turn from ${table} as queued
        where queued.workspace_id = workspace.workspace_id and finished_at is null and not driven
          and due_at <= (select lw_now())
        order by due_at limit (select ${limit * CANDIDATES}::int / count(*) + 1 from workspace)
      ) as oldest
    ), taken as (
      select owner.id from ${table} as owner join ranked using (id)
      where not owner.driven and owner.due_at <= lw_now()
      order by ranked.turn, ranked.due_at limit ${limit}
      for update of owner skip locked
    )
    update ${table} as owner set due_at = ${fromNow(leaseMs)}
    from taken where owner.id = taken.id
    returning owner.id, ${flushedLater}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Owners that have a driver which should have looked at them long ago; counted, because a healthy system has none. */
export async function leaseOverdue(
  db: Db,
  kind: OwnerKind,
  { limit, overdueMs, leaseMs }: { limit: number; overdueMs: number; leaseMs: number },
): Promise<string[]> {
  const table = sql.table(kind);
  const { rows } = await sql<{ id: string }>`
    with taken as (
      select id from ${table}
      where finished_at is null and driven and due_at < ${fromNow(-overdueMs)}
      order by due_at limit ${limit}
      for update skip locked
    ), counted as (
      insert into counter (name, n) select 'rescued_total', count(*) from taken having count(*) > 0
      on conflict (name) do update set n = counter.n + excluded.n
    )
    update ${table} as owner set due_at = ${fromNow(leaseMs)}
    from taken where owner.id = taken.id
    returning owner.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** It gets a driver, which is to look at once, and which the sweeper pokes if nobody else does. */
export async function handOver(db: Db, runId: string): Promise<void> {
  await sql`update run set driven = true, due_at = least(due_at, lw_now()) where id = ${runId} and finished_at is null`.execute(
    db,
  );
}

/**
 * A mended connection releases the runs that waited for it, spread over its rate. Returns how many. Each goes back to the
 * dispatcher, whose turn comes at its `due_at`: left to the sweeper, they would wait longer and count as rescued.
 */
export async function releaseRunsOf(tx: Tx, connectionId: string, spacingMs: number): Promise<number> {
  await sql`
    with locked as (
      select id from notice where finished_at is null and id in (
        select owner_id from effect where connection_id = ${connectionId} and settled_at is null and owner_kind = 'notice')
      order by id for update
    )
    update notice set due_at = least(notice.due_at, lw_now()), driven = false
    from locked where notice.id = locked.id`.execute(tx);
  const { numAffectedRows } = await sql`
    with moment as (select lw_now() as now), waiting as (
      select owner_id, row_number() over (order by min(created_at)) - 1 as place from effect
      where connection_id = ${connectionId} and settled_at is null and owner_kind = 'run'
      group by owner_id
    ), locked as (
      select run.id, waiting.place from run join waiting on run.id = waiting.owner_id
      where run.finished_at is null order by run.id for update of run
    )
    update run set driven = false, due_at = least(run.due_at, moment.now + locked.place * ${spacingMs} * interval '1 millisecond')
    from locked, moment where run.id = locked.id`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
