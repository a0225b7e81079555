import type { Doer } from "../audit/audit.js";
import type { Reader } from "../db/database.js";
import type { MemberTables } from "./member-tables.js";

/** Who answers for what is done: a member, also when a token that they made does it; null: the command line of the machine. */
export async function memberBehind(reader: Reader, { kind, id }: Pick<Doer, "kind" | "id">): Promise<string | null> {
  if (kind !== "token" || id === null) return id;
  const row = await reader
    .withTables<MemberTables>()
    .selectFrom("api_token")
    .select("created_by")
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.created_by ?? null;
}
