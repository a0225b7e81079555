import type { RunRef } from "../../workflows/ports.js";
import type { Reader } from "../db/database.js";
import type { IngestTables } from "../ingest/ingest-tables.js";

/** When a run's event happened or was received, whichever was first; a response that came in parts is as old as its first. */
export async function eventTime(reader: Reader, { responseId }: RunRef): Promise<Date | null> {
  const row = await reader
    .withTables<IngestTables>()
    .selectFrom("revision")
    .select(({ fn }) => [
      fn.min<Date | null>("received_at").as("received"),
      fn.min<Date | null>("occurred_at").as("occurred"),
    ])
    .where("response_id", "=", responseId)
    .executeTakeFirst();
  if (!row?.received || !row.occurred) return null;
  return row.received < row.occurred ? row.received : row.occurred;
}
