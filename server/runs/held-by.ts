import { sql } from "kysely";
import { groupBy } from "../../workflows/flow/group-by.js";
import type { Reader } from "../db/database.js";
import type { RunSummary } from "./run-api.js";
import type { RunListRow } from "./run-store.js";

interface HeldRow {
  readonly run_id: string;
  readonly node_id: string;
  readonly connection_id: string;
  readonly name: string;
  readonly state: "paused" | "broken";
}

/** By run: the connections that steps of it wait for, because they are paused or their credentials were refused. */
export async function heldBy(
  reader: Reader,
  rows: readonly RunListRow[],
): Promise<ReadonlyMap<string, RunSummary["heldBy"]>> {
  const open = rows.filter(({ finished_at }) => finished_at === null).map(({ id }) => id);
  if (open.length === 0) return new Map();
  const held = await sql<HeldRow>`
    select distinct on (effect.owner_id, effect.node_id)
      effect.owner_id as run_id, effect.node_id, effect.connection_id, connection.name, connection.state
    from effect join connection on connection.id = effect.connection_id
    where effect.owner_kind = 'run' and effect.owner_id = any(${open}::uuid[]) and effect.settled_at is null
      and connection.state <> 'ok'
    order by effect.owner_id, effect.node_id, effect.id`.execute(reader);
  return groupBy(
    held.rows,
    ({ run_id }) => run_id,
    ({ node_id: nodeId, connection_id: connectionId, name, state }) => ({ nodeId, connectionId, name, state }),
  );
}
