import { sql } from "kysely";
import type { Reader } from "../db/database.js";

/**
 * Public keys that signed before the key changed, as the audit's own entries name them. Only entries up to an end that a key which is
 * known has signed: whoever writes one into the database cannot sign for it.
 */
export async function namedKeys(reader: Reader, workspaceId: string, upTo: number): Promise<readonly string[]> {
  const { rows } = await sql<{ keys: string }>`
    select coalesce(data->>'auditKeys', data->>'auditKey') as keys from audit_event
    where workspace_id = ${workspaceId} and seq <= ${upTo}
      and action in ('keys.kek_made', 'keys.kek_rotated', 'keys.kek_dropped')
      and coalesce(data->>'auditKeys', data->>'auditKey') <> ''
    order by seq`.execute(reader);
  return rows.flatMap(({ keys }) => keys.split(","));
}
