import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import type { Actor } from "../http/route.js";
import { authorize, within } from "../members/authorize.js";
import type { Permission } from "../members/permission-api.js";

/** A run belongs to its flow, and shows what was said: whoever does not see that source does not see the run. Throws 403 or 404. */
export async function authorizeRun(
  reader: Reader,
  actor: Actor,
  action: Permission,
  run: { readonly flow_id: string; readonly revision_id: string },
): Promise<void> {
  authorize(actor, action, { kind: "flow", id: run.flow_id });
  if (within(actor, "source") === null) return;
  const { rows } = await sql<{ source_id: string }>`
    select source_id from revision where id = ${run.revision_id}`.execute(reader);
  authorize(actor, action, { kind: "source", id: rows[0]?.source_id ?? "" });
}
