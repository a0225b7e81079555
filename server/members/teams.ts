import { sql } from "kysely";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { insertRows } from "../../workflows/ledger/rows.js";
import { sqlState } from "../../workflows/ledger/transact.js";
import { auditBy } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Reader, Tx } from "../db/database.js";
import { conflict, notFound, unprocessable } from "../errors.js";
import type { Actor } from "../http/route.js";
import { refuseForeign } from "./reach.js";
import type { SaveTeam, Team } from "./team-api.js";

const UNIQUE_VIOLATION = "23505";

interface TeamRow {
  readonly id: string;
  readonly name: string;
  readonly flow_ids: string[] | null;
  readonly source_ids: string[] | null;
  readonly connection_ids: string[] | null;
  readonly created_at: Date;
  readonly member_ids: string[];
}

/** By name. */
export async function listTeams(reader: Reader, workspaceId: string): Promise<Team[]> {
  const { rows } = await sql<TeamRow>`
    select team.*, array(select member_id from team_member where team_id = team.id order by member_id) as member_ids
    from team where workspace_id = ${workspaceId} order by lower(name), id`.execute(reader);
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name, memberIds: row.member_ids, createdAt: row.created_at.toISOString() },
    ...{ flowIds: row.flow_ids, sourceIds: row.source_ids, connectionIds: row.connection_ids },
  }));
}

export async function createTeam(tx: Tx, actor: Actor, wanted: SaveTeam): Promise<string> {
  const id = uuidv7();
  await refuseForeign(tx, actor.workspaceId, wanted);
  const { flowIds, sourceIds, connectionIds } = wanted;
  await named(
    sql`
    insert into team (id, workspace_id, name, flow_ids, source_ids, connection_ids, created_at)
    values (${id}, ${actor.workspaceId}, ${wanted.name}, ${flowIds}, ${sourceIds}, ${connectionIds}, lw_now())`.execute(
      tx,
    ),
  );
  await setMembers(tx, actor, { id, memberIds: wanted.memberIds });
  await record(tx, actor, "team.created", id);
  return id;
}

export async function changeTeam(tx: Tx, actor: Actor, id: string, wanted: SaveTeam): Promise<void> {
  await refuseForeign(tx, actor.workspaceId, wanted);
  const { name, flowIds, sourceIds, connectionIds } = wanted;
  const { numAffectedRows } = await named(
    sql`
    update team set name = ${name}, flow_ids = ${flowIds}, source_ids = ${sourceIds}, connection_ids = ${connectionIds}
    where id = ${id} and workspace_id = ${actor.workspaceId}`.execute(tx),
  );
  if (numAffectedRows !== 1n) throw notFound("team");
  await sql`delete from team_member where team_id = ${id}`.execute(tx);
  await setMembers(tx, actor, { id, memberIds: wanted.memberIds });
  await record(tx, actor, "team.changed", id);
}

/** An empty one: its members would see the whole workspace at once, and nobody would have said so. */
export async function deleteTeam(tx: Tx, actor: Actor, id: string): Promise<void> {
  const { rows } = await sql`select from team_member where team_id = ${id} limit 1`.execute(tx);
  if (rows.length > 0)
    throw conflict("team_not_empty", "Take its members out first. Who is in no team sees the whole workspace.");
  const { numAffectedRows } =
    await sql`delete from team where id = ${id} and workspace_id = ${actor.workspaceId}`.execute(tx);
  if (numAffectedRows !== 1n) throw notFound("team");
  await record(tx, actor, "team.deleted", id);
}

async function setMembers(
  tx: Tx,
  { workspaceId }: Actor,
  { id, memberIds }: { readonly id: string; readonly memberIds: readonly string[] },
): Promise<void> {
  const different = [...new Set(memberIds)];
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from member where workspace_id = ${workspaceId} and id = any(${different}::uuid[])`.execute(
    tx,
  );
  if (rows[0]?.n !== different.length)
    throw unprocessable("not_of_this_workspace", "A member that is named here is not in this workspace.");
  await insertRows(tx, {
    into: "team_member",
    rows: different,
    columns: { team_id: ["uuid", () => id], member_id: ["uuid", (memberId) => memberId] },
  });
}

async function named<Result>(write: Promise<Result>): Promise<Result> {
  try {
    return await write;
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    throw conflict("team_exists", "A team of this name exists already. Choose another name.");
  }
}

const record = (tx: Tx, actor: Actor, action: AuditAction, id: string): Promise<void> =>
  auditBy(tx, actor, { action, target: { kind: "team", id } });
