import { sql } from "kysely";
import type { Reader } from "../db/database.js";

/** Flows that would break without this connection, as a sentence; null when there are none. Live and paused versions count, and drafts. */
export async function flowsUsing(reader: Reader, connectionId: string): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select flow.name from flow left join flow_version on flow_version.id = flow.version_id
    where flow.deleted_at is null
      and (flow.draft::text like ${`%${connectionId}%`} or flow_version.document::text like ${`%${connectionId}%`})
    order by flow.name`.execute(reader);
  const names = rows.map(({ name }) => `“${name}”`).join(", ");
  return rows.length === 0 ? null : `The connection is used by ${names}. Choose another connection there first.`;
}
