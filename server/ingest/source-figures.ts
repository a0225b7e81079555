import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import { COUNTED_AT_MOST, hasRowRules } from "../members/reach.js";
import { REVISIONS, reachWhere, type Seer } from "../members/reach-where.js";
import { HELD } from "./quarantine-store.js";

export interface SourceFigures {
  readonly id: string;
  readonly last_event_at: Date | null;
  readonly responses: number;
  readonly quarantined: number;
}

/** What arrived at each source, as far as it is within reach. */
export async function sourceFigures(
  reader: Reader,
  ids: readonly string[],
  seer: Seer,
): Promise<ReadonlyMap<string, SourceFigures>> {
  const rows = hasRowRules(seer.reach) ? await seenFigures(reader, ids, seer) : await allFigures(reader, ids);
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * The newest event is found by its id, which begins with the time. In the order of the unique index, so that the index alone is counted and
 * not the table.
 */
async function allFigures(reader: Reader, ids: readonly string[]): Promise<readonly SourceFigures[]> {
  const { rows } = await sql<SourceFigures>`
    select id,
      (select received_at from revision where source_id = asked.id order by id desc limit 1) as last_event_at,
      (select count(*) from (select from response where source_id = asked.id order by external_id) as own) as responses,
      (select count(*) from quarantine where source_id = asked.id and state = 'held') as quarantined
    from unnest(${[...ids]}::uuid[]) as asked (id)`.execute(reader);
  return rows;
}

/**
 * Of so many of the newest responses, each judged for itself by its keys: what is seen stands in no index, and counting it among all that
 * ever came would take as long as reading them.
 */
async function seenFigures(reader: Reader, ids: readonly string[], seer: Seer): Promise<readonly SourceFigures[]> {
  const [seen, held] = [reachWhere(seer, REVISIONS), reachWhere(seer, HELD)];
  const { rows } = await sql<SourceFigures>`
    select asked.id,
      (select received_at from revision join response on response.id = revision.response_id
        where revision.source_id = asked.id and ${seen ?? sql`true`} order by revision.id desc limit 1) as last_event_at,
      (select count(distinct (select response_id from revision join response on response.id = revision.response_id
          where revision.id = newest.id and ${seen ?? sql`true`}))
        from (select id from revision where source_id = asked.id order by id desc limit ${COUNTED_AT_MOST}) as newest) as responses,
      (select count(*) from quarantine where source_id = asked.id and state = 'held' and ${held ?? sql`true`}) as quarantined
    from unnest(${[...ids]}::uuid[]) as asked (id)`.execute(reader);
  return rows;
}
