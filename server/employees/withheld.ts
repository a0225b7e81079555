import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import type { Withheld } from "../feedback/feedback-api.js";
import { storedSettings } from "../settings/settings.js";

interface WaitingRow {
  readonly source_id: string;
  readonly source_name: string;
  readonly relation: string | null;
  readonly people: number;
}

/** What employees said at these sources (null: at any) and waits for more people to say something. */
export async function withheldOf(
  reader: Reader,
  { workspaceId, sources }: { readonly workspaceId: string; readonly sources: readonly string[] | null },
): Promise<Withheld[]> {
  const { rows } = await sql<WaitingRow>`
    select revision.source_id, source.name as source_name, revision.relation,
      count(distinct coalesce(response.contact_id, response.id))::int as people
    from revision join response on response.id = revision.response_id join source on source.id = revision.source_id
    where source.workspace_id = ${workspaceId} and revision.domain = 'employee' and revision.group_id is null
      and (${sources}::uuid[] is null or revision.source_id = any(${sources}::uuid[]))
    group by revision.source_id, source.name, revision.relation
    order by lower(source.name), revision.source_id, revision.relation`.execute(reader);
  if (rows.length === 0) return [];
  const { employeeGroup: atLeast } = await storedSettings(reader, workspaceId);
  return rows.map(({ source_id, source_name, relation, people }) => ({
    ...{ sourceId: source_id, sourceName: source_name, relation, atLeast },
    missing: people * 2 < atLeast ? "most" : "few",
  }));
}
