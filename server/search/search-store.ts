import { sql, type RawBuilder } from "kysely";
import { NIL_UUID } from "../../workflows/ledger/uuid.js";
import type { Reader, Tx } from "../db/database.js";
import type { SearchState } from "./search-api.js";
import type { SearchTables } from "./search-tables.js";

export async function searchState(reader: Reader, workspaceId: string): Promise<SearchState> {
  const row = await reader
    .withTables<SearchTables>()
    .selectFrom("word_search")
    .select(["state", "upto"])
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirst();
  if (!row) return "off";
  if (row.state === "clearing") return "clearing";
  return (await isBehind(reader, workspaceId, row.upto)) ? "building" : "on";
}

async function isBehind(reader: Reader, workspaceId: string, upto: string): Promise<boolean> {
  const { rows } = await sql`
    select from revision where workspace_id = ${workspaceId} and id > ${upto} and comment is not null
      and not exists (select from search_copy where revision_id = revision.id)
    order by id limit 1`.execute(reader);
  return rows.length > 0;
}

/** Switched on again while the copies are deleted, everything is copied anew. */
export async function switchSearch(tx: Tx, workspaceId: string, on: boolean): Promise<void> {
  await (
    on
      ? sql`
        insert into word_search (workspace_id, state, upto) values (${workspaceId}, 'on', ${NIL_UUID})
        on conflict (workspace_id) do update set state = 'on', upto = excluded.upto where word_search.state = 'clearing'`
      : sql`update word_search set state = 'clearing' where workspace_id = ${workspaceId}`
  ).execute(tx);
}

/** Of a revision: its copy has these words, the last of them as far as it is typed. Quotes and a minus are understood. */
export const hasWords = (workspaceId: string, words: string): RawBuilder<boolean> => sql<boolean>`exists (
  select from search_copy
  where search_copy.revision_id = revision.id and search_copy.workspace_id = ${workspaceId}
    and to_tsvector('simple', search_copy.words)
      @@ (nullif(websearch_to_tsquery('simple', ${words})::text, '') || ':*')::tsquery)`;
