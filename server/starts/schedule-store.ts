import { sql } from "kysely";
import type { Reader } from "../db/database.js";

export interface PublishedSchedule {
  readonly flowId: string;
  readonly cron: string;
  readonly timeZone: string;
}

/** Moves whenever a flow is published, paused, resumed or deleted. */
export async function publications(reader: Reader): Promise<string> {
  const { rows } = await sql<{ moved: string | null }>`
    select sum(publish_epoch)::text as moved from workspace`.execute(reader);
  return rows[0]?.moved ?? "";
}

/** Of every workspace. */
export async function publishedSchedules(reader: Reader): Promise<readonly PublishedSchedule[]> {
  const { rows } = await sql<PublishedSchedule>`
    select flow.id as "flowId", start ->> 'cron' as cron, start ->> 'timeZone' as "timeZone"
    from flow join flow_version on flow_version.id = flow.version_id
    cross join lateral jsonb_path_query(flow_version.document, '$.nodes[*] ? (@.type == "trigger").config.start') as start
    where flow.state = 'live' and flow.deleted_at is null and start ->> 'kind' = 'schedule'
    order by flow.id`.execute(reader);
  return rows;
}
