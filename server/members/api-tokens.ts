import { sql } from "kysely";
import { fromNow } from "../../workflows/ledger/clock.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { auditBy } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Reader, Tx } from "../db/database.js";
import { forbidden, notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import { mayDo } from "./authorize.js";
import { memberBehind } from "./member-behind.js";
import type { MemberTables } from "./member-tables.js";
import { permissionsOf } from "./permissions.js";
import { hashToken, randomToken } from "./random-token.js";
import { refuseForeign } from "./member-reach.js";
import type { CreateToken, Things } from "./token-api.js";

const DAY_MS = 86_400_000;
const PREFIX = "lwt_";
/** Characters of a token that lists show. The other 39 are what is secret: 234 bits. */
const SHOWN = PREFIX.length + 4;

/** Of the system: the command line of the machine itself. */
type Creator = Pick<Actor, "workspaceId"> & (Actor | { readonly kind: "system"; readonly id: null });

const selectTokens = (reader: Reader) =>
  reader
    .withTables<MemberTables>()
    .selectFrom("api_token")
    .leftJoin("member as maker", "maker.id", "api_token.created_by")
    .selectAll("api_token")
    .select(sql<boolean>`coalesce(maker.active, true)`.as("is_active"));

export type TokenRow = Awaited<ReturnType<typeof listApiTokens>>[number];

export async function createApiToken(tx: Tx, creator: Creator, wanted: CreateToken) {
  const { name, role, permissions, expiresInDays } = wanted;
  if (creator.kind !== "system") refuseGreater(creator, wanted);
  const things = thingsOf(wanted);
  await refuseForeign(tx, creator.workspaceId, things);
  const token = randomToken(PREFIX);
  const id = uuidv7();
  await tx
    .withTables<MemberTables>()
    .insertInto("api_token")
    .values({
      ...{ id, name, workspace_id: creator.workspaceId, token_hash: hashToken(token), prefix: token.slice(0, SHOWN) },
      ...{ role: role ?? null, permissions: permissions ?? null },
      ...{ flow_ids: things.flowIds, source_ids: things.sourceIds, connection_ids: things.connectionIds },
      // A token that a token makes is its maker's, too: it ends with them.
      created_by: await memberBehind(tx, creator),
      created_at: sql`lw_now()`,
      last_used_at: null,
      expires_at: fromNow(expiresInDays * DAY_MS),
      revoked_at: null,
    })
    .execute();
  await record(tx, creator, { id, action: "token.created", data: dataOf(wanted) });
  return { token, row: await selectTokens(tx).where("api_token.id", "=", id).executeTakeFirstOrThrow() };
}

const thingsOf = ({ flowIds, sourceIds, connectionIds }: CreateToken): Things => ({
  flowIds: flowIds ?? null,
  sourceIds: sourceIds ?? null,
  connectionIds: connectionIds ?? null,
});

const dataOf = ({ role, permissions }: CreateToken): Record<string, string> =>
  role === undefined ? { permissions: (permissions ?? []).join(" ") } : { role };

/** Nobody gives away what they may not do themselves. */
function refuseGreater(creator: Actor, { role, permissions }: CreateToken): void {
  const given = permissions ?? (role ? permissionsOf(role) : []);
  const lacking = given.find((permission) => !mayDo(creator, permission));
  if (lacking !== undefined) throw forbidden(`A token cannot have ${lacking}: you may not do that yourself.`);
}

export const listApiTokens = (reader: Reader, workspaceId: string) =>
  selectTokens(reader)
    .where("api_token.workspace_id", "=", workspaceId)
    .where("revoked_at", "is", null)
    .orderBy("api_token.id", "desc")
    .execute();

export const findApiToken = (reader: Reader, id: string) =>
  selectTokens(reader).where("api_token.id", "=", id).executeTakeFirstOrThrow();

/** Names by id, of revoked tokens too: what they did stays theirs. */
export async function tokenNames(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await selectTokens(reader)
    .where("api_token.id", "in", [...new Set(ids)])
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

const record = (
  tx: Tx,
  creator: Creator,
  { id, ...deed }: { id: string; action: AuditAction; data?: Readonly<Record<string, string>> },
): Promise<void> => auditBy(tx, creator, { ...deed, target: { kind: "token", id } });
