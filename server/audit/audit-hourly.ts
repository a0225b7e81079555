import { sql } from "kysely";
import { firstIdAt } from "../../workflows/ledger/uuid.js";
import type { Tx } from "../db/database.js";
import { auditBy, type Deed, type Doer } from "./audit.js";

const HOUR_MS = 3_600_000;

/** Of what goes on again and again, such as saving while somebody draws: one entry an hour for each doer and thing. The thing is locked. */
export async function auditHourly(tx: Tx, doer: Doer, deed: Deed): Promise<void> {
  const hour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const { rows } = await sql`
    select 1 from audit_event where workspace_id = ${doer.workspaceId} and target_id = ${deed.target.id}
      and actor_id is not distinct from ${doer.id} and action = ${deed.action} and id >= ${firstIdAt(hour)} limit 1`.execute(
    tx,
  );
  if (rows.length === 0) await auditBy(tx, doer, deed);
}
