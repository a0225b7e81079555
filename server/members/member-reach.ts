import { sql } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import { unprocessable } from "../errors.js";
import type { Reach } from "../http/route.js";
import type { Role } from "./member-api.js";
import { either, EVERYTHING, KINDS, sightOf, thingsOf } from "./reach.js";
import type { RowRule } from "./rule-api.js";
import type { Things } from "./token-api.js";

/** Those who answer for the whole see the whole. */
const SEES_ALL: ReadonlySet<Role> = new Set<Role>(["admin", "privacy_officer"]);

/** As they stand in a team's row. */
export interface SightColumns {
  readonly flow_ids: string[] | null;
  readonly source_ids: string[] | null;
  readonly connection_ids: string[] | null;
  readonly segment: RowRule["segment"];
  readonly account_ids: string[] | null;
}

export const thingsIn = (row: SightColumns): Things => ({
  flowIds: row.flow_ids,
  sourceIds: row.source_ids,
  connectionIds: row.connection_ids,
});

export const ruleIn = ({ segment, account_ids: accountIds }: SightColumns): RowRule => ({ segment, accountIds });

/** All that the teams of a member see together; everything for who is in none. */
export async function reachOfMember(reader: Reader, { id, role }: { id: string; role: Role }): Promise<Reach> {
  if (SEES_ALL.has(role)) return EVERYTHING;
  const { rows } = await sql<SightColumns>`
    select flow_ids, source_ids, connection_ids, segment, account_ids
    from team_member join team on team.id = team_member.team_id where member_id = ${id}`.execute(reader);
  if (rows.length === 0) return EVERYTHING;
  return rows.map((row): Reach => [sightOf(thingsIn(row), ruleIn(row))]).reduce(either);
}

/** Throws 422 where a list names what is not of this workspace. */
export async function refuseForeign(tx: Tx, workspaceId: string, things: Things): Promise<void> {
  const named = thingsOf(things);
  for (const kind of KINDS) await refuseForeignIds(tx, workspaceId, kind, named[kind]);
}

export async function refuseForeignIds(
  tx: Tx,
  workspaceId: string,
  kind: (typeof KINDS)[number] | "account" | "member",
  ids: readonly string[] | null,
): Promise<void> {
  if (ids === null) return;
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(kind)} where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(
    tx,
  );
  if (rows[0]?.n !== new Set(ids).size)
    throw unprocessable("not_of_this_workspace", `A ${kind} that is named here is not in this workspace.`);
}
