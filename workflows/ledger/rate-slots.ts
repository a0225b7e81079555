import { sql } from "kysely";
import { fromNow } from "./clock.js";
import { rowsAs } from "./rows.js";
import type { Tx } from "./tx.js";

/** One shortest interval in one scope of a connection: the connection itself, a Slack channel, a Jira issue. */
export interface SlotScope {
  readonly scope: string;
  readonly intervalMs: number;
}

export interface SlotRequest {
  readonly connectionId: string;
  readonly scopes: readonly SlotScope[];
  /** No earlier than this. */
  readonly from: Date;
}

/**
 * Reserves for each request, in their order, the next free slot in every scope and answers the latest of them: the call may go out
 * then, and the slots are spent either way. Null where there is no scope. Rows are locked in ascending order of connection and scope,
 * after the runs' and the effects'.
 */
export async function reserveAll(tx: Tx, requests: readonly SlotRequest[]): Promise<(Date | null)[]> {
  const wanted = requests.flatMap(({ connectionId, scopes, from }) =>
    scopes.map(({ scope }) => ({ connectionId, scope, from, name: nameOf(connectionId, scope) })),
  );
  if (wanted.length === 0) return requests.map(() => null);
  const next = await lockSlots(tx, [...new Map(wanted.map((row) => [row.name, row])).values()]);
  const slots = requests.map(({ connectionId, scopes, from }) => {
    const each = scopes.map(({ scope, intervalMs }) => {
      const name = nameOf(connectionId, scope);
      const at = Math.max(next.get(name)?.at ?? 0, from.getTime());
      next.set(name, { connectionId, scope, at: at + intervalMs });
      return at;
    });
    return each.length > 0 ? new Date(Math.max(...each)) : null;
  });
  await sql`
    update rate_slot set next_at = reserved.next_at from ${rowsAs("reserved", [...next.values()], {
      connection_id: ["uuid", (row) => row.connectionId],
      scope: ["text", (row) => row.scope],
      next_at: ["timestamptz", (row) => new Date(row.at)],
    })}
    where rate_slot.connection_id = reserved.connection_id and rate_slot.scope = reserved.scope`.execute(tx);
  return slots;
}

interface NextSlot {
  readonly connectionId: string;
  readonly scope: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const nameOf = (connectionId: string, scope: string): string => `${connectionId} ${scope}`;

/** Makes what is missing and locks all, by name. */
async function lockSlots(
  tx: Tx,
  wanted: readonly { connectionId: string; scope: string; from: Date }[],
): Promise<Map<string, NextSlot>> {
  const { rows } = await sql<{ connection_id: string; scope: string; next_at: Date }>`
    insert into rate_slot (connection_id, scope, next_at)
    select connection_id, scope, next_at from ${rowsAs("wanted", wanted, {
      connection_id: ["uuid", (row) => row.connectionId],
      scope: ["text", (row) => row.scope],
      next_at: ["timestamptz", (row) => row.from],
    })} order by connection_id, scope
    on conflict (connection_id, scope) do update set next_at = rate_slot.next_at
    returning connection_id, scope, next_at`.execute(tx);
  return new Map(
    rows.map(({ connection_id: connectionId, scope, next_at }) => [
      nameOf(connectionId, scope),
      { connectionId, scope, at: next_at.getTime() },
    ]),
  );
}

/** A Retry-After holds the scope for every worker, also for effects that reserved a slot before it. */
export async function holdSlot(tx: Tx, connectionId: string, scope: string, forMs: number): Promise<void> {
  await sql`
    insert into rate_slot (connection_id, scope, next_at, held_until)
    select ${connectionId}, ${scope}, until, until
    from (select ${fromNow(forMs)} as until) as hold
    on conflict (connection_id, scope) do update
      set next_at = greatest(rate_slot.next_at, excluded.next_at),
        held_until = greatest(rate_slot.held_until, excluded.held_until)`.execute(tx);
}

type HoldRequest = Pick<SlotRequest, "connectionId" | "scopes">;

/**
 * Until when the latest hold lasts, or lasted, that concerns each call in its scopes; null where there was none. A hold of the whole
 * connection concerns every call, also where the connector names no rate for it.
 */
export async function holdsOf(tx: Tx, requests: readonly HoldRequest[]): Promise<(Date | null)[]> {
  if (requests.length === 0) return [];
  const ids = [...new Set(requests.map(({ connectionId }) => connectionId))];
  const { rows } = await sql<{ connection_id: string; scope: string; held_until: Date }>`
    select connection_id, scope, held_until from rate_slot
    where connection_id = any(${ids}::uuid[]) and held_until is not null`.execute(tx);
  const held = new Map(rows.map((row) => [nameOf(row.connection_id, row.scope), row.held_until]));
  return requests.map(({ connectionId, scopes }) => {
    const names = ["connection", ...scopes.map(({ scope }) => scope)].map((scope) => nameOf(connectionId, scope));
    const times = names.flatMap((name) => held.get(name)?.getTime() ?? []);
    return times.length > 0 ? new Date(Math.max(...times)) : null;
  });
}
