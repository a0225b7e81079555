import { sql } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import { unprocessable } from "../errors.js";
import type { ResourceKind, Scope } from "../http/route.js";
import type { Role } from "./member-api.js";
import type { Things } from "./token-api.js";

/** The only things of each kind that somebody sees; null: all. */
export type Reach = NonNullable<Scope["things"]>;

const KINDS = ["flow", "source", "connection"] as const satisfies readonly ResourceKind[];

/** Those who answer for the whole see the whole. */
const SEES_ALL: ReadonlySet<Role> = new Set<Role>(["admin", "privacy_officer"]);

export const EVERYTHING: Reach = { flow: null, source: null, connection: null };

export const isEverything = (reach: Reach): boolean => KINDS.every((kind) => reach[kind] === null);

/** What either sees. */
export const either = (one: Reach, other: Reach): Reach =>
  byKind((kind) => {
    const [a, b] = [one[kind], other[kind]];
    return a === null || b === null ? null : [...new Set([...a, ...b])];
  });

/** What both see. */
export const both = (one: Reach, other: Reach): Reach =>
  byKind((kind) => {
    const [a, b] = [one[kind], other[kind]];
    return a === null ? b : b === null ? a : a.filter((id) => b.includes(id));
  });

const byKind = (idsOf: (kind: ResourceKind) => readonly string[] | null): Reach => ({
  flow: idsOf("flow"),
  source: idsOf("source"),
  connection: idsOf("connection"),
});

export const reachOf = ({ flowIds, sourceIds, connectionIds }: Things): Reach => ({
  flow: flowIds,
  source: sourceIds,
  connection: connectionIds,
});

interface TeamRow {
  readonly flow_ids: string[] | null;
  readonly source_ids: string[] | null;
  readonly connection_ids: string[] | null;
}

/** All that the teams of a member see together; everything for who is in none. */
export async function reachOfMember(reader: Reader, { id, role }: { id: string; role: Role }): Promise<Reach> {
  if (SEES_ALL.has(role)) return EVERYTHING;
  const { rows } = await sql<TeamRow>`
    select flow_ids, source_ids, connection_ids from team_member join team on team.id = team_member.team_id
    where member_id = ${id}`.execute(reader);
  const [first, ...others] = rows.map((row) =>
    reachOf({ flowIds: row.flow_ids, sourceIds: row.source_ids, connectionIds: row.connection_ids }),
  );
  return first ? others.reduce(either, first) : EVERYTHING;
}

/** Throws 422 where a list names what is not of this workspace. */
export async function refuseForeign(tx: Tx, workspaceId: string, things: Things): Promise<void> {
  const reach = reachOf(things);
  for (const kind of KINDS) {
    const ids = reach[kind];
    if (ids === null) continue;
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(kind)} where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(
      tx,
    );
    if (rows[0]?.n !== new Set(ids).size)
      throw unprocessable("not_of_this_workspace", `A ${kind} that is named here is not in this workspace.`);
  }
}
