import { sql } from "kysely";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { audit } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Reader, Tx } from "../db/database.js";
import { forbidden, notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import type { Role } from "./member-api.js";
import type { MemberTables } from "./member-tables.js";
import { may, permissionsOf } from "./permissions.js";
import { hashToken, randomToken } from "./random-token.js";

const DAY_MS = 86_400_000;
const USED_EVERY_MS = 60_000;

export interface NewApiToken {
  readonly name: string;
  readonly role: Role;
  readonly expiresInDays: number | null;
}

/** Null creator: the command line of the machine itself. */
type Creator = Pick<Actor, "workspaceId"> & (Actor | { readonly kind: "system"; readonly id: null });

const selectTokens = (reader: Reader) =>
  reader
    .withTables<MemberTables>()
    .selectFrom("api_token")
    .select(["id", "name", "role", "created_at", "last_used_at", "expires_at"]);

export async function createApiToken(tx: Tx, creator: Creator, { name, role, expiresInDays }: NewApiToken) {
  if (creator.kind !== "system") refuseGreater(creator.role, role);
  const token = randomToken("lwt_");
  const id = uuidv7();
  const lasts = expiresInDays === null ? null : expiresInDays * DAY_MS;
  await tx
    .withTables<MemberTables>()
    .insertInto("api_token")
    .values({
      id,
      workspace_id: creator.workspaceId,
      token_hash: hashToken(token),
      name,
      role,
      created_by: creator.kind === "member" ? creator.id : null,
      created_at: sql`lw_now()`,
      last_used_at: null,
      expires_at: lasts === null ? null : sql`lw_now() + ${lasts} * interval '1 millisecond'`,
      revoked_at: null,
    })
    .execute();
  await record(tx, creator, { id, action: "token.created", data: { role } });
  return { token, row: await selectTokens(tx).where("id", "=", id).executeTakeFirstOrThrow() };
}

/** Nobody gives away what they may not do themselves. */
function refuseGreater(own: Role, given: Role): void {
  if (permissionsOf(given).every((permission) => may(own, permission))) return;
  throw forbidden(`A token cannot have the role ${given.replace("_", " ")}: it may do things that you may not.`);
}

export const listApiTokens = (reader: Reader, workspaceId: string) =>
  selectTokens(reader)
    .where("workspace_id", "=", workspaceId)
    .where("revoked_at", "is", null)
    .orderBy("id", "desc")
    .execute();

export const findApiToken = (reader: Reader, id: string) =>
  selectTokens(reader).where("id", "=", id).executeTakeFirstOrThrow();

/** Names by id, of revoked tokens too: what they did stays theirs. */
export async function tokenNames(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await selectTokens(reader)
    .where("id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function revokeApiToken(tx: Tx, actor: Actor, id: string): Promise<void> {
  const revoked = await tx
    .withTables<MemberTables>()
    .updateTable("api_token")
    .set({ revoked_at: sql`lw_now()` })
    .where("id", "=", id)
    .where("workspace_id", "=", actor.workspaceId)
    .where("revoked_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  if (!revoked) throw notFound("token");
  await record(tx, actor, { id, action: "token.revoked" });
}

/** What this token may do; null when it was revoked, is too old, or never was. */
export async function tokenActor(reader: Reader, token: string): Promise<Actor | null> {
  const db = reader.withTables<MemberTables>();
  const row = await db
    .selectFrom("api_token")
    .select(["id", "workspace_id", "role"])
    .where("token_hash", "=", hashToken(token))
    .where("revoked_at", "is", null)
    .where((where) => where.or([where("expires_at", "is", null), where("expires_at", ">", sql<Date>`lw_now()`)]))
    .executeTakeFirst();
  if (!row) return null;
  const longAgo = sql<Date>`lw_now() - ${USED_EVERY_MS} * interval '1 millisecond'`;
  await db
    .updateTable("api_token")
    .set({ last_used_at: sql`lw_now()` })
    .where("id", "=", row.id)
    .where((where) => where.or([where("last_used_at", "is", null), where("last_used_at", "<", longAgo)]))
    .execute();
  return { kind: "token", id: row.id, workspaceId: row.workspace_id, role: row.role };
}

const record = (
  tx: Tx,
  { workspaceId, kind, id: actorId }: Creator,
  { id, action, data }: { id: string; action: AuditAction; data?: Readonly<Record<string, string>> },
): Promise<void> =>
  audit(tx, {
    workspaceId,
    actor: { kind, id: actorId },
    action,
    target: { kind: "token", id },
    ...(data && { data }),
  });
