import { sql } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import type { AuditRow } from "./audit.js";
import { CHAIN_START, linkHash } from "./link.js";

export interface Head {
  readonly workspace_id: string;
  readonly seq: number;
  readonly hash: Buffer;
}

/**
 * Gives the oldest events without a place theirs: so many at most; answers how many. One process at a time does so, and whoever comes
 * meanwhile does nothing. An event that commits late stands after those that were quicker.
 */
export async function extendChains(tx: Tx, limit: number): Promise<number> {
  const lock = await sql<{ ours: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('loopwright.audit')) as ours`.execute(tx);
  if (lock.rows[0]?.ours !== true) return 0;
  const { rows } = await sql<AuditRow>`
    select * from audit_event where seq is null order by id limit ${limit}`.execute(tx);
  if (rows.length === 0) return 0;
  const heads = await headsOf(tx, [...new Set(rows.map(({ workspace_id }) => workspace_id))]);
  const linked = rows.map((row) => {
    const before = heads.get(row.workspace_id) ?? { seq: 0, hash: CHAIN_START };
    const seq = before.seq + 1;
    const head = { workspace_id: row.workspace_id, seq, hash: linkHash(before.hash, { ...row, seq }) };
    heads.set(row.workspace_id, head);
    return { id: row.id, ...head };
  });
  await sql`
    update audit_event set seq = linked.seq, hash = linked.hash
    from unnest(${linked.map(({ id }) => id)}::uuid[], ${linked.map(({ seq }) => seq)}::bigint[],
      ${linked.map(({ hash }) => hash)}::bytea[]) as linked (id, seq, hash)
    where audit_event.id = linked.id`.execute(tx);
  return rows.length;
}

/** Where each workspace's chain ends; those without one are left out. */
export async function headsOf(reader: Reader, workspaceIds: readonly string[]): Promise<Map<string, Head>> {
  const { rows } = await sql<Head>`
    select head.* from unnest(${workspaceIds}::uuid[]) as asked (workspace_id) cross join lateral (
      select workspace_id, seq, hash from audit_event
      where audit_event.workspace_id = asked.workspace_id and seq is not null order by seq desc limit 1
    ) as head`.execute(reader);
  return new Map(rows.map((row) => [row.workspace_id, row]));
}
