import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { beginAttempts, endAttempts } from "../../workflows/ledger/attempts.js";
import { databaseNow } from "../../workflows/ledger/clock.js";
import type { EffectRow } from "../../workflows/ledger/effect-store.js";
import type { LedgerTables } from "../../workflows/ledger/tables.js";
import type { ExecutionPorts } from "../../workflows/ports.js";
import type { Tx } from "../db/database.js";

/** An effect in hand, with the attempt that looks for its double. */
export interface Swept {
  readonly effect: EffectRow;
  readonly token: string;
  readonly at: Date;
}

const BATCH = 20;
/** Where a look stays without an answer, it is repeated so often. */
const MOST_LOOKS = 12;
/** One worker at a time takes what is due. */
const SWEEP_LOCK = 7_204_113;

interface Due {
  readonly ref: string;
  /** Since it settled, and between two looks. */
  readonly afterMs: number;
}

/** Done effects that were sent more than once in doubt and were not looked up since; each is given its next attempt, a look-up. */
export async function takeDue(
  tx: Tx,
  { connectionBriefs }: Pick<ExecutionPorts, "connectionBriefs">,
  due: Due,
): Promise<Swept[]> {
  const { rows: locks } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(${SWEEP_LOCK}) as free`.execute(tx);
  if (!locks[0]?.free) return [];
  const ids = await dueIds(tx, due);
  if (ids.length === 0) return [];
  const effects = tx.withTables<LedgerTables>().selectFrom("effect").selectAll().where("id", "in", ids);
  const rows = await effects.orderBy("id").forUpdate().execute();
  const connections = await connectionBriefs(
    tx,
    rows.flatMap(({ connection_id }) => (connection_id ? [connection_id] : [])),
  );
  const working = new Set(connections.filter(({ state }) => state === "ok").map(({ id }) => id));
  const at = await databaseNow(tx);
  const free = rows.filter(({ connection_id }) => connection_id !== null && working.has(connection_id));
  return take(tx, free, at);
}

async function dueIds(tx: Tx, { ref, afterMs }: Due): Promise<string[]> {
  const ago = sql`${afterMs} * interval '1 millisecond'`;
  const { rows } = await sql<{ id: string }>`
    select effect.id from effect
    cross join lateral (
      select count(*) filter (where kind = 'send' and (outcome is null or outcome in ('AMBIGUOUS', 'done'))) as sends,
        count(*) filter (where kind = 'look-up' and started_at > effect.settled_at) as looks,
        coalesce(bool_or(kind = 'look-up' and started_at > effect.settled_at
          and (outcome = 'done' or started_at > lw_now() - ${ago})), false) as looked
      from effect_attempt where effect_id = effect.id
    ) as tries
    where effect.state = 'done' and effect.doubt_since is not null and effect.action = ${ref}
      and effect.settled_at <= lw_now() - ${ago} and effect.settled_at > lw_now() - interval '7 days'
      and tries.sends > 1 and tries.looks < ${MOST_LOOKS} and not tries.looked
    order by effect.settled_at limit ${BATCH}`.execute(tx);
  return rows.map(({ id }) => id);
}

async function take(tx: Tx, effects: readonly EffectRow[], at: Date): Promise<Swept[]> {
  const swept = effects.map((effect): Swept => ({ effect, token: randomUUID(), at }));
  await beginAttempts(
    tx,
    swept.map(({ effect, token }) => {
      return { effectId: effect.id, number: effect.attempts + 1, kind: "look-up", token, at } as const;
    }),
  );
  const ids = effects.map(({ id }) => id);
  await sql`update effect set attempts = attempts + 1 where id = any(${ids}::uuid[])`.execute(tx);
  return swept;
}

export const endSweep = (tx: Tx, { effect, token }: Swept, outcome: "done" | "inconclusive"): Promise<void> =>
  endAttempts(tx, [{ effectId: effect.id, token, outcome }]);
