import { sql } from "kysely";
import type { Tx } from "./tx.js";

/** One shortest interval in one scope of a connection: the connection itself, a Slack channel, a Jira issue. */
export interface SlotScope {
  readonly scope: string;
  readonly intervalMs: number;
}

/**
 * Reserves the next free slot in every scope and answers the latest of them: the call may go out then, and the slots are spent
 * either way. Rows are locked in ascending order of scope, after the run's and the effect's.
 */
export async function reserveSlots(
  tx: Tx,
  { connectionId, scopes, now }: { connectionId: string; scopes: readonly SlotScope[]; now: Date },
): Promise<Date | null> {
  let latest: Date | null = null;
  for (const { scope, intervalMs } of [...scopes].sort((a, b) => (a.scope < b.scope ? -1 : 1))) {
    const { rows } = await sql<{ slot: Date }>`
      insert into rate_slot (connection_id, scope, next_at)
      values (${connectionId}, ${scope}, ${now}::timestamptz + ${intervalMs} * interval '1 millisecond')
      on conflict (connection_id, scope) do update
        set next_at = greatest(rate_slot.next_at, ${now}::timestamptz) + ${intervalMs} * interval '1 millisecond'
      returning next_at - ${intervalMs} * interval '1 millisecond' as slot`.execute(tx);
    const slot = rows[0]?.slot;
    if (slot && (!latest || slot > latest)) latest = slot;
  }
  return latest;
}

/** A Retry-After holds the scope for every worker, also for effects that reserved a slot before it. */
export async function holdSlot(tx: Tx, connectionId: string, scope: string, forMs: number): Promise<void> {
  await sql`
    insert into rate_slot (connection_id, scope, next_at, held_until)
    select ${connectionId}, ${scope}, until, until
    from (select lw_now() + ${forMs} * interval '1 millisecond' as until) as hold
    on conflict (connection_id, scope) do update
      set next_at = greatest(rate_slot.next_at, excluded.next_at),
        held_until = greatest(rate_slot.held_until, excluded.held_until)`.execute(tx);
}

/**
 * Until when the latest hold lasts, or lasted, that concerns a call in these scopes; null where there was none. A hold of the whole
 * connection concerns every call, also where the connector names no rate for it.
 */
export async function heldUntil(
  tx: Tx,
  { connectionId, scopes }: { connectionId: string; scopes: readonly SlotScope[] },
): Promise<Date | null> {
  const names = ["connection", ...scopes.map(({ scope }) => scope)];
  const { rows } = await sql<{ until: Date | null }>`
    select max(held_until) as until from rate_slot
    where connection_id = ${connectionId} and scope = any(${names}::text[])`.execute(tx);
  return rows[0]?.until ?? null;
}
