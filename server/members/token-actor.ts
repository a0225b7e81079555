import { sql } from "kysely";
import { fromNow } from "../../workflows/ledger/clock.js";
import type { Reader } from "../db/database.js";
import type { Actor, Reach, Scope } from "../http/route.js";
import type { Role } from "./member-api.js";
import { reachOfMember } from "./member-reach.js";
import type { MemberTables } from "./member-tables.js";
import type { Permission } from "./permission-api.js";
import { may, permissionsOf } from "./permissions.js";
import { hashToken } from "./random-token.js";
import { both, EVERYTHING, isEverything } from "./reach.js";

const USED_EVERY_MS = 60_000;

/** What this token may do; null when it was revoked, is too old, never was, or its maker was put out. */
export async function tokenActor(reader: Reader, token: string): Promise<Actor | null> {
  const row = await findUsable(reader, token);
  if (!row) return null;
  await noteUse(reader, row.id);
  const scope = scopeOf(row, await reachOfMaker(reader, row));
  const isCut = scope?.permissions !== undefined;
  return {
    ...{ kind: "token", id: row.id, workspaceId: row.workspace_id, role: isCut ? null : row.role },
    ...(scope && { scope }),
  };
}

type UsableRow = NonNullable<Awaited<ReturnType<typeof findUsable>>>;

const findUsable = (reader: Reader, token: string) =>
  reader
    .withTables<MemberTables>()
    .selectFrom("api_token")
    .leftJoin("member as maker", "maker.id", "api_token.created_by")
    .select(["api_token.id", "api_token.workspace_id", "api_token.role", "api_token.permissions"])
    .select(["flow_ids", "source_ids", "connection_ids", "maker.id as maker_id", "maker.role as maker_role"])
    .where("token_hash", "=", hashToken(token))
    .where("revoked_at", "is", null)
    .where((where) => where.or([where("expires_at", "is", null), where("expires_at", ">", sql<Date>`lw_now()`)]))
    .where((where) => where.or([where("maker.id", "is", null), where("maker.active", "=", true)]))
    .executeTakeFirst();

/** Whoever sees less by now has made a token that sees less. */
const reachOfMaker = (reader: Reader, { maker_id: id, maker_role: role }: UsableRow): Promise<Reach> =>
  id === null || role === null ? Promise.resolve(EVERYTHING) : reachOfMember(reader, { id, role });

function scopeOf(row: UsableRow, ofMaker: Reach): Scope | undefined {
  const { flow_ids: flow, source_ids: source, connection_ids: connection } = row;
  const reach = both([{ things: { flow, source, connection }, rows: [] }], ofMaker);
  const permissions = permissionsNow(row);
  const isNarrow = !isEverything(reach);
  if (!permissions && !isNarrow) return undefined;
  return { ...(permissions && { permissions }), ...(isNarrow && { reach }) };
}

/** A maker who may do less by now has made a token that may do less; undefined: all that its role says. */
function permissionsNow({ role, permissions, maker_role: maker }: UsableRow): readonly Permission[] | undefined {
  const given = permissions ?? (role === null ? [] : permissionsOf(role));
  const left = maker === null ? given : given.filter((permission) => may(maker satisfies Role, permission));
  return permissions === null && left.length === given.length ? undefined : left;
}

async function noteUse(reader: Reader, id: string): Promise<void> {
  const longAgo = fromNow(-USED_EVERY_MS);
  await reader
    .withTables<MemberTables>()
    .updateTable("api_token")
    .set({ last_used_at: sql`lw_now()` })
    .where("id", "=", id)
    .where((where) => where.or([where("last_used_at", "is", null), where("last_used_at", "<", longAgo)]))
    .execute();
}
