import { sql } from "kysely";
import { databaseNow } from "../../workflows/ledger/clock.js";
import { insertCounting } from "../../workflows/ledger/rows.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Tx } from "../db/database.js";
import type { ErasureRow } from "./erasure-tables.js";
import { runsOf } from "./settle-runs.js";

interface Copy {
  readonly effect_id: string;
  readonly key: string;
  readonly action: string;
  readonly connection_id: string | null;
  readonly external_id: string | null;
  readonly url: string | null;
  readonly at: Date | null;
}

/**
 * Notes what the ledger says was left in other systems: what arrived, what arrived twice, and what may have arrived. May be repeated;
 * answers how many were not noted before.
 */
export async function listCopies(tx: Tx, erasure: ErasureRow): Promise<number> {
  const runIds = await runsOf(tx, erasure);
  const copies = [...(await sentOf(tx, erasure.id, runIds)), ...(await doublesOf(tx, runIds))];
  const now = await databaseNow(tx);
  return insertCounting(tx, {
    into: "erasure_copy",
    rows: copies,
    columns: {
      id: ["uuid", () => uuidv7()],
      erasure_id: ["uuid", () => erasure.id],
      effect_id: ["uuid", ({ effect_id }) => effect_id],
      key: ["text", ({ key }) => key],
      action: ["text", ({ action }) => action],
      connection_id: ["uuid", ({ connection_id }) => connection_id],
      external_id: ["text", ({ external_id }) => external_id],
      url: ["text", ({ url }) => url],
      at: ["timestamptz", ({ at }) => at],
      state: ["text", () => "open"],
      due_at: ["timestamptz", () => now],
    },
    conflict: "is passed over",
  });
}

/** Without an external id it is not known whether it arrived: its claim lapsed, or it ended in doubt. Noted once, it is looked up by that. */
async function sentOf(tx: Tx, erasureId: string, runIds: readonly string[]): Promise<Copy[]> {
  const { rows } = await sql<Copy>`
    select id as effect_id, key, action, connection_id, external_id, url, first_sending_at as at from effect
    where owner_kind = 'run' and owner_id = any(${runIds}::uuid[])
      and (external_id is not null
        or (state = 'ambiguous' or (state = 'sending' and first_sending_at is not null))
          and not exists (select from erasure_copy where erasure_id = ${erasureId} and effect_id = effect.id))
    order by id`.execute(tx);
  return rows;
}

/** Younger copies of one effect, which its look-up named ("SUP-8, SUP-9"). */
async function doublesOf(tx: Tx, runIds: readonly string[]): Promise<Copy[]> {
  const { rows } = await sql<Copy>`
    select effect.id as effect_id, effect.key, effect.action, effect.connection_id, effect.first_sending_at as at,
      younger.id as external_id, null as url
    from run_fact
    join effect on effect.id = (run_fact.data->>'effectId')::uuid
    cross join lateral unnest(string_to_array(run_fact.data->'output'->>'alsoCreated', ', ')) as younger(id)
    where run_fact.run_id = any(${runIds}::uuid[]) and run_fact.kind = 'settled' and younger.id <> ''`.execute(tx);
  return rows;
}
