import { sql } from "kysely";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { insertRows } from "../../workflows/ledger/rows.js";
import { isUniqueViolation } from "../../workflows/ledger/transact.js";
import { auditBy } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Reader, Tx } from "../db/database.js";
import { conflict, notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import { refuseForeign, refuseForeignIds, ruleIn, thingsIn, type SightColumns } from "./member-reach.js";
import { refuseUnreadable } from "./row-fields.js";
import type { RowRule } from "./rule-api.js";
import type { SaveTeam, Team } from "./team-api.js";

interface TeamRow extends SightColumns {
  readonly id: string;
  readonly name: string;
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
    ...thingsIn(row),
    ...ruleIn(row),
  }));
}

export async function createTeam(tx: Tx, actor: Actor, wanted: SaveTeam): Promise<string> {
  const id = uuidv7();
  await refuseUnfit(tx, actor, wanted);
  await named(
    sql`
    insert into team (id, workspace_id, created_at, ${columns}) values (${id}, ${actor.workspaceId}, lw_now(), ${valuesOf(wanted)})`.execute(
      tx,
    ),
  );
  await setMembers(tx, actor, { id, memberIds: wanted.memberIds });
  await record(tx, actor, "team.created", { id, rule: wanted });
  return id;
}

export async function changeTeam(tx: Tx, actor: Actor, id: string, wanted: SaveTeam): Promise<void> {
  await refuseUnfit(tx, actor, wanted);
  const { numAffectedRows } = await named(
    sql`
    update team set (${columns}) = (select ${valuesOf(wanted)})
    where id = ${id} and workspace_id = ${actor.workspaceId}`.execute(tx),
  );
  if (numAffectedRows !== 1n) throw notFound("team");
  await sql`delete from team_member where team_id = ${id}`.execute(tx);
  await setMembers(tx, actor, { id, memberIds: wanted.memberIds });
  await record(tx, actor, "team.changed", { id, rule: wanted });
}

const columns = sql.raw("name, flow_ids, source_ids, connection_ids, segment, account_ids");

const valuesOf = ({ name, flowIds, sourceIds, connectionIds, segment, accountIds }: SaveTeam) =>
  sql.join([
    sql`${name}::text`,
    ...[flowIds, sourceIds, connectionIds].map((ids) => sql`${ids}::uuid[]`),
    sql`${JSON.stringify(segment)}::jsonb`,
    sql`${accountIds}::uuid[]`,
  ]);

/** What is not of this workspace, or cannot be asked of rows. */
async function refuseUnfit(tx: Tx, { workspaceId }: Actor, wanted: SaveTeam): Promise<void> {
  refuseUnreadable(wanted);
  await refuseForeign(tx, workspaceId, wanted);
  await refuseForeignIds(tx, workspaceId, "account", wanted.accountIds);
}

/** An empty one: its members would see the whole workspace at once, and nobody would have said so. */
export async function deleteTeam(tx: Tx, actor: Actor, id: string): Promise<void> {
  const { rows } = await sql<{ peopled: boolean }>`
    select exists(select from team_member where team_id = team.id) as peopled
    from team where id = ${id} and workspace_id = ${actor.workspaceId}`.execute(tx);
  if (!rows[0]) throw notFound("team");
  if (rows[0].peopled)
    throw conflict("team_not_empty", "Take its members out first. Who is in no team sees the whole workspace.");
  await sql`delete from team where id = ${id}`.execute(tx);
  await record(tx, actor, "team.deleted", { id });
}

async function setMembers(
  tx: Tx,
  { workspaceId }: Actor,
  { id, memberIds }: { readonly id: string; readonly memberIds: readonly string[] },
): Promise<void> {
  await refuseForeignIds(tx, workspaceId, "member", memberIds);
  await insertRows(tx, {
    into: "team_member",
    rows: [...new Set(memberIds)],
    columns: { team_id: ["uuid", () => id], member_id: ["uuid", (memberId) => memberId] },
  });
}

async function named<Result>(write: Promise<Result>): Promise<Result> {
  try {
    return await write;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw conflict("team_exists", "A team of this name exists already. Choose another name.");
  }
}

const record = (
  tx: Tx,
  actor: Actor,
  action: AuditAction,
  { id, rule }: { readonly id: string; readonly rule?: RowRule },
): Promise<void> => auditBy(tx, actor, { action, target: { kind: "team", id }, data: rule ? toldOf(rule) : {} });

/** Which rows the team sees from then on: clear fields with their values, and accounts by their ids. */
const toldOf = ({ segment, accountIds }: RowRule) => ({
  ...(segment.length > 0 && { segment: JSON.stringify(segment) }),
  ...(accountIds && { accounts: accountIds.join(" ") }),
});
