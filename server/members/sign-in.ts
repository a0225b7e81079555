import { sql } from "kysely";
import { audit } from "../audit/audit.js";
import type { Reader, Tx } from "../db/database.js";
import type { MemberTables } from "./member-tables.js";
import { hashToken, randomToken } from "./random-token.js";
import { startSession } from "./sessions.js";

const MINUTE_MS = 60_000;
export const LINK_MS = { shortest: MINUTE_MS, usual: 15 * MINUTE_MS, longest: 24 * 60 * MINUTE_MS };

/** A link that signs this member in once. Its address is shown once; the database keeps a hash. */
export async function createSignInLink(
  tx: Tx,
  { memberId, publicUrl, validMs }: { memberId: string; publicUrl: string; validMs: number },
): Promise<string> {
  const token = randomToken();
  await tx
    .withTables<MemberTables>()
    .insertInto("sign_in_link")
    .values({ token_hash: hashToken(token), member_id: memberId, expires_at: after(validMs), used_at: null })
    .execute();
  const { workspace_id: workspaceId } = await activeMember(tx, memberId).executeTakeFirstOrThrow();
  await audit(tx, {
    workspaceId,
    actor: { kind: "system", id: null },
    action: "member.link_made",
    target: { kind: "member", id: memberId },
  });
  return `${publicUrl}/sign-in?token=${token}`;
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
  await audit(tx, {
    workspaceId: member.workspace_id,
    actor: { kind: "member", id: member.id },
    action: "member.signed_in",
    target: { kind: "member", id: member.id },
  });
  return startSession(tx, member.id);
}

const activeMember = (reader: Reader, id: string) =>
  reader
    .withTables<MemberTables>()
    .selectFrom("member")
    .select(["id", "workspace_id"])
    .where("id", "=", id)
    .where("active", "=", true);

const after = (ms: number) => sql<Date>`lw_now() + ${ms} * interval '1 millisecond'`;
