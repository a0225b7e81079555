import { sql } from "kysely";
import { fromNow } from "../../workflows/ledger/clock.js";
import { audit, type AuditEntry } from "../audit/audit.js";
import type { Reader, Tx } from "../db/database.js";
import type { SignInMethod } from "./member-api.js";
import type { MemberTables } from "./member-tables.js";
import { hashToken, randomToken } from "./random-token.js";
import { startSession } from "./sessions.js";

const MINUTE_MS = 60_000;
/** Milliseconds. An invitation may lie in somebody's inbox over the weekend. */
export const LINK_MS = {
  shortest: MINUTE_MS,
  usual: 15 * MINUTE_MS,
  longest: 24 * 60 * MINUTE_MS,
  invitation: 7 * 24 * 60 * MINUTE_MS,
};

/** A link that signs this member in once. Its address is shown once; the database keeps a hash. */
export async function createSignInLink(
  tx: Tx,
  {
    memberId,
    publicUrl,
    validMs,
    by = { kind: "system", id: null },
  }: { memberId: string; publicUrl: string; validMs: number; by?: AuditEntry["actor"] },
): Promise<string> {
  const token = randomToken();
  await tx
    .withTables<MemberTables>()
    .insertInto("sign_in_link")
    .values({ token_hash: hashToken(token), member_id: memberId, expires_at: fromNow(validMs), used_at: null })
    .execute();
  const { workspace_id: workspaceId } = await activeMember(tx, memberId).executeTakeFirstOrThrow();
  await audit(tx, {
    workspaceId,
    actor: by,
    action: "member.link_made",
    target: { kind: "member", id: memberId },
  });
  return `${publicUrl}/sign-in?token=${token}`;
}

/** Those of this member that nobody used: what ends sessions ends them, too, for they would sign in as before. */
export async function dropOpenLinks(tx: Tx, memberId: string): Promise<void> {
  await tx
    .withTables<MemberTables>()
    .deleteFrom("sign_in_link")
    .where("member_id", "=", memberId)
    .where("used_at", "is", null)
    .execute();
}

/** Whose link this is; null when it was used, is too old, or never was. */
export async function whomLinkSignsIn(reader: Reader, token: string): Promise<string | null> {
  const link = await reader
    .withTables<MemberTables>()
    .selectFrom("sign_in_link")
    .select("member_id")
    .where("token_hash", "=", hashToken(token))
    .where("used_at", "is", null)
    .where("expires_at", ">", sql<Date>`lw_now()`)
    .executeTakeFirst();
  return link?.member_id ?? null;
}

/** The token of a new session; null when the link was used, is too old, or never was. One compare-and-set lets one of two clicks in. */
export async function redeemSignInLink(tx: Tx, token: string): Promise<string | null> {
  const used = await tx
    .withTables<MemberTables>()
    .updateTable("sign_in_link")
    .set({ used_at: sql`lw_now()` })
    .where("token_hash", "=", hashToken(token))
    .where("used_at", "is", null)
    .where("expires_at", ">", sql<Date>`lw_now()`)
    .returning("member_id")
    .executeTakeFirst();
  const member = used && (await activeMember(tx, used.member_id).executeTakeFirst());
  if (!member) return null;
  return letIn(tx, { memberId: member.id, workspaceId: member.workspace_id, method: "link" });
}

interface LetIn {
  readonly memberId: string;
  readonly workspaceId: string;
  readonly method: SignInMethod;
}

/** The token of a new session, and the audit's word of it. */
export async function letIn(tx: Tx, { memberId: id, workspaceId, method }: LetIn): Promise<string> {
  const actor = { kind: "member", id } as const;
  await audit(tx, { workspaceId, actor, action: "member.signed_in", target: { kind: "member", id }, data: { method } });
  return startSession(tx, id, method);
}

const activeMember = (reader: Reader, id: string) =>
  reader
    .withTables<MemberTables>()
    .selectFrom("member")
    .select(["id", "workspace_id"])
    .where("id", "=", id)
    .where("active", "=", true);
