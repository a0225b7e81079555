import { sql } from "kysely";
import type { Incident } from "../../workflows/ports.js";
import type { Tx } from "../db/database.js";

type Tell = (tx: Tx, incident: Incident) => Promise<void>;

/**
 * The same double is told once, whoever notices it how often: an answer that came late, Jira's news of every change to the issue, the
 * sweep. The caller holds the owner's lock.
 */
export const tellDoublesOnce =
  (tell: Tell): Tell =>
  async (tx, incident) => {
    if (incident.kind === "effect_doubled" && (await isTold(tx, incident))) return;
    await tell(tx, incident);
  };

async function isTold(tx: Tx, { workspaceId, kind, about, nodeId, code }: Incident): Promise<boolean> {
  const { rows } = await sql`
    select 1 from audit_event
    where workspace_id = ${workspaceId} and action = ${`incident.${kind}`}
      and target_kind = ${about.kind} and target_id = ${about.id} and data @> ${JSON.stringify({ nodeId, code })}::jsonb
    limit 1`.execute(tx);
  return rows.length > 0;
}
