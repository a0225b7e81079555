import { sql, type Insertable, type Selectable, type Updateable } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import type { IngestTables } from "../ingest/ingest-tables.js";
import type { SourceTables } from "./source-tables.js";

export type SourceRow = Selectable<SourceTables["source"]>;

const select = (reader: Reader) => reader.withTables<SourceTables>().selectFrom("source").selectAll();

export const listSources = (reader: Reader, workspaceId: string): Promise<SourceRow[]> =>
  select(reader).where("workspace_id", "=", workspaceId).orderBy("id").execute();

export const findSource = (reader: Reader, id: string): Promise<SourceRow | undefined> =>
  select(reader).where("id", "=", id).executeTakeFirst();

export const findSourceBySlug = (reader: Reader, workspaceId: string, slug: string): Promise<SourceRow | undefined> =>
  select(reader).where("workspace_id", "=", workspaceId).where("slug", "=", slug).executeTakeFirst();

export const lockSource = (tx: Tx, id: string): Promise<SourceRow | undefined> =>
  select(tx).where("id", "=", id).forUpdate().executeTakeFirst();

/** False when the workspace has a source of that slug already. */
export async function insertSource(tx: Tx, row: Insertable<SourceTables["source"]>): Promise<boolean> {
  const inserted = await tx
    .withTables<SourceTables>()
    .insertInto("source")
    .values(row)
    .onConflict((conflict) => conflict.columns(["workspace_id", "slug"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function updateSource(tx: Tx, id: string, change: Updateable<SourceTables["source"]>): Promise<void> {
  await tx.withTables<SourceTables>().updateTable("source").set(change).where("id", "=", id).execute();
}

export interface SourceFigures {
  readonly id: string;
  readonly last_event_at: Date | null;
  readonly responses: number;
  readonly quarantined: number;
}

/** What arrived at each source; the newest event is found by its id, which begins with the time. */
export async function sourceFigures(
  reader: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SourceFigures>> {
  const { rows } = await sql<SourceFigures>`
    select id,
      (select received_at from revision where source_id = asked.id order by id desc limit 1) as last_event_at,
      (select count(*) from response where source_id = asked.id) as responses,
      (select count(*) from quarantine where source_id = asked.id and state = 'held') as quarantined
    from unnest(${[...ids]}::uuid[]) as asked (id)`.execute(reader);
  return new Map(rows.map((row) => [row.id, row]));
}

export function listQuarantine(
  reader: Reader,
  query: { workspaceId: string; sourceId?: string | undefined; cursor?: string | undefined; limit: number },
) {
  const { workspaceId, sourceId, cursor, limit } = query;
  return reader
    .withTables<IngestTables & SourceTables>()
    .selectFrom("quarantine")
    .innerJoin("source", "source.id", "quarantine.source_id")
    .select([
      "quarantine.id",
      "quarantine.source_id",
      "quarantine.received_at",
      "quarantine.reason",
      "quarantine.field",
    ])
    .select(["quarantine.state", "source.name as source_name"])
    .where("quarantine.workspace_id", "=", workspaceId)
    .where("quarantine.state", "=", "held")
    .$if(sourceId !== undefined, (rows) => rows.where("quarantine.source_id", "=", sourceId ?? ""))
    .$if(cursor !== undefined, (rows) => rows.where("quarantine.id", "<", cursor ?? ""))
    .orderBy("quarantine.id", "desc")
    .limit(limit)
    .execute();
}
