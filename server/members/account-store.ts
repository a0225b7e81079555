import { sql } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import { linksInUse } from "../sign-in-providers/all-providers.js";
import type { MemberTables } from "./member-tables.js";
import { relyingPartyOf } from "./relying-party.js";

/** A member with what proves who they are; nulls where they have none. */
const selectWithCredentials = (reader: Reader) =>
  reader
    .withTables<MemberTables>()
    .selectFrom("member")
    .leftJoin("member_password", "member_password.member_id", "member.id")
    .leftJoin("member_totp", (join) =>
      join.onRef("member_totp.member_id", "=", "member.id").on("member_totp.confirmed_at", "is not", null),
    )
    .selectAll("member")
    .select(["member_password.hash as password_hash", "member_totp.secret as totp_secret"])
    .select([isLinked.as("is_linked"), hasSomePasskey.as("has_passkey")]);

const isLinked = sql<boolean>`exists (select from ${linksInUse} as link where link.member_id = member.id)`;

/** For whatever host. */
const hasSomePasskey = sql<boolean>`exists (select from passkey where passkey.member_id = member.id)`;

export type AccountRow = NonNullable<Awaited<ReturnType<typeof findAccount>>>;

export const findAccount = (reader: Reader, memberId: string) =>
  selectWithCredentials(reader).where("member.id", "=", memberId).executeTakeFirst();

export const findAccountByEmail = (reader: Reader, workspaceId: string, emailBlind: Buffer) =>
  selectWithCredentials(reader)
    .where("member.workspace_id", "=", workspaceId)
    .where("member.email_blind", "=", emailBlind)
    .where("member.active", "=", true)
    .executeTakeFirst();

export const listAccounts = (reader: Reader, workspaceId: string) =>
  selectWithCredentials(reader).where("member.workspace_id", "=", workspaceId).orderBy("member.id").execute();

/** When each was last seen, of sessions that are still kept. */
export async function lastSeen(reader: Reader, memberIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  const { rows } = await sql<{ member_id: string; at: Date }>`
    select member_id, max(last_seen_at) as at from session where member_id = any(${memberIds}::uuid[])
    group by member_id`.execute(reader);
  return new Map(rows.map(({ member_id, at }) => [member_id, at]));
}

/** Whoever changes a member waits for whoever changes them already. */
export const lockMember = (tx: Tx, id: string) =>
  tx.withTables<MemberTables>().selectFrom("member").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();

export async function storePassword(tx: Tx, memberId: string, hash: string): Promise<void> {
  await sql`
    insert into member_password (member_id, hash, changed_at) values (${memberId}, ${hash}, lw_now())
    on conflict (member_id) do update set hash = excluded.hash, changed_at = excluded.changed_at`.execute(tx);
}

/** A secret that is not confirmed counts for nothing, and is replaced by the next. False where one is confirmed. */
export async function storeTotp(tx: Tx, memberId: string, secret: Buffer): Promise<boolean> {
  const { rows } = await sql`
    insert into member_totp as known (member_id, secret) values (${memberId}, ${secret})
    on conflict (member_id) do update set secret = excluded.secret where known.confirmed_at is null
    returning 1`.execute(tx);
  return rows.length > 0;
}

export const findTotp = (reader: Reader, memberId: string) =>
  reader
    .withTables<MemberTables>()
    .selectFrom("member_totp")
    .selectAll()
    .where("member_id", "=", memberId)
    .executeTakeFirst();

/** A code is good once: false where this step, or a later one, was used already. */
export async function useTotpStep(tx: Tx, memberId: string, step: number): Promise<boolean> {
  const { rows } = await sql`
    update member_totp set last_step = ${step}, confirmed_at = coalesce(confirmed_at, lw_now())
    where member_id = ${memberId} and (last_step is null or last_step < ${step}) returning 1`.execute(tx);
  return rows.length > 0;
}

export async function removeTotp(tx: Tx, memberId: string): Promise<void> {
  await tx.withTables<MemberTables>().deleteFrom("member_totp").where("member_id", "=", memberId).execute();
}

export interface MemberColumns {
  readonly name?: Buffer;
  readonly email?: Buffer;
  readonly email_blind?: Buffer;
  readonly role?: MemberTables["member"]["role"];
  readonly active?: boolean;
}

export async function updateMember(tx: Tx, id: string, change: MemberColumns): Promise<void> {
  if (Object.keys(change).length === 0) return;
  // Whoever is let in again, by whomever, is the directory's to see again.
  const row = change.active ? { ...change, deprovisioned_at: null } : change;
  await tx.withTables<MemberTables>().updateTable("member").set(row).where("id", "=", id).execute();
}

/** Another admin who may sign in. */
export async function hasOtherAdmin(tx: Tx, workspaceId: string, memberId: string): Promise<boolean> {
  const { rows } = await sql`
    select from member where workspace_id = ${workspaceId} and id <> ${memberId} and role = 'admin' and active
    for share`.execute(tx);
  return rows.length > 0;
}

/** One that works here. */
export async function hasPasskey(reader: Reader, memberId: string, publicUrl: string): Promise<boolean> {
  const { rows } = await sql`
    select from passkey where member_id = ${memberId} and rp_id = ${relyingPartyOf(publicUrl)?.id ?? null} limit 1`.execute(
    reader,
  );
  return rows.length > 0;
}

/** Whether anybody could sign in as an admin without the command line of this machine. */
export async function hasAdminWithCredentials(reader: Reader, publicUrl: string): Promise<boolean> {
  const { rows } = await sql`
    select from member where role = 'admin' and active
      and (exists (select from member_password where member_id = member.id) or ${isLinked}
        or exists (select from passkey where member_id = member.id and rp_id = ${relyingPartyOf(publicUrl)?.id ?? null}))
    limit 1`.execute(reader);
  return rows.length > 0;
}
