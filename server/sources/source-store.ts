import type { Insertable, Selectable, Updateable } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import type { SourceTables } from "./source-tables.js";

export const STARTS = "starts";

export type SourceRow = Selectable<SourceTables["source"]>;

/** Whom it is said to be about today. */
export const isOfEmployees = ({ settings }: Pick<SourceRow, "settings">): boolean => settings["domain"] === "employee";

/** Nothing is delivered to where starts of flows are kept (`server/starts`), and nobody sets it up: it is no source to anybody. */
const select = (reader: Reader) =>
  reader.withTables<SourceTables>().selectFrom("source").selectAll().where("kind", "<>", STARTS);

/** `only`: ids, null for all of the workspace. */
export const listSources = (
  reader: Reader,
  workspaceId: string,
  only: readonly string[] | null = null,
): Promise<SourceRow[]> =>
  select(reader)
    .where("workspace_id", "=", workspaceId)
    .$if(only !== null, (sources) => sources.where("id", "in", only ?? []))
    .orderBy("id")
    .execute();

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
