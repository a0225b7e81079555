import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import type { Withheld } from "../feedback/feedback-api.js";
import { REVISIONS, reachWhere, type RowPlace, type Seer } from "../members/reach-where.js";
import { storedSettings } from "../settings/settings.js";

/** Before there is a group: what waits together is judged together. */
const WAITING: RowPlace = { ...REVISIONS, said: { ...REVISIONS.said, domain: sql`'waiting'` } };

interface WaitingRow {
  readonly source_id: string;
  readonly source_name: string;
  readonly relation: string | null;
  readonly people: number;
}

/** What employees said and waits for more people to say something; only where all that waits is within reach. */
export async function withheldOf(reader: Reader, seer: Seer): Promise<Withheld[]> {
  const { workspaceId } = seer;
  const seen = reachWhere(seer, WAITING);
  const { rows } = await sql<WaitingRow>`
    select revision.source_id, source.name as source_name, revision.relation,
      count(distinct coalesce(response.contact_id, response.id))::int as people
    from revision join response on response.id = revision.response_id join source on source.id = revision.source_id
    where source.workspace_id = ${workspaceId} and revision.domain = 'employee' and revision.group_id is null
    group by revision.source_id, source.name, revision.relation
    ${seen === null ? sql`` : sql`having bool_and(coalesce(${seen}, false))`}
    order by lower(source.name), revision.source_id, revision.relation`.execute(reader);
  if (rows.length === 0) return [];
  const { employeeGroup: atLeast } = await storedSettings(reader, workspaceId);
  return rows.map(({ source_id, source_name, relation, people }) => ({
    ...{ sourceId: source_id, sourceName: source_name, relation, atLeast },
    missing: people * 2 < atLeast ? "most" : "few",
  }));
}
