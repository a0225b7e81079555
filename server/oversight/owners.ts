import { sql } from "kysely";
import type { Reader } from "../db/database.js";

/** Members who are let in. */
export async function activeMembers(reader: Reader, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from member where workspace_id = ${workspaceId} and active order by id`.execute(reader);
  return rows.map(({ id }) => id);
}
