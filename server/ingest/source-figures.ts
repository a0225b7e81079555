import { sql } from "kysely";
import type { Reader } from "../db/database.js";

export interface SourceFigures {
  readonly id: string;
  readonly last_event_at: Date | null;
  readonly responses: number;
  readonly quarantined: number;
}

/**
 * What arrived at each source; the newest event is found by its id, which begins with the time. In the order of the unique index, so that
 * the index alone is counted and not the table.
 */
export async function sourceFigures(
  reader: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SourceFigures>> {
  const { rows } = await sql<SourceFigures>`
    select id,
      (select received_at from revision where source_id = asked.id order by id desc limit 1) as last_event_at,
      (select count(*) from (select from response where source_id = asked.id order by external_id) as own) as responses,
      (select count(*) from quarantine where source_id = asked.id and state = 'held') as quarantined
    from unnest(${[...ids]}::uuid[]) as asked (id)`.execute(reader);
  return new Map(rows.map((row) => [row.id, row]));
}
