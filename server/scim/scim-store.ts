import { sql } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import type { MemberTables } from "../members/member-tables.js";

/** Members whom the directory sees: those that it took out are gone for it until somebody lets them in again. */
const selectUsers = (reader: Reader, workspaceId: string) =>
  reader
    .withTables<MemberTables>()
    .selectFrom("member")
    .where("workspace_id", "=", workspaceId)
    .where((where) => where.or([where("active", "=", true), where("deprovisioned_at", "is", null)]));

export interface Which {
  readonly workspaceId: string;
  readonly by: { readonly id: string } | { readonly emailBlind: Buffer } | { readonly externalId: string } | null;
}

const matching = (reader: Reader, { workspaceId, by }: Which) => {
  const users = selectUsers(reader, workspaceId);
  if (by === null) return users;
  if ("id" in by) return users.where("id", "=", by.id);
  return "emailBlind" in by
    ? users.where("email_blind", "=", by.emailBlind)
    : users.where("external_id", "=", by.externalId);
};

export type UserRow = Awaited<ReturnType<typeof listUsers>>[number];

export const listUsers = (reader: Reader, which: Which, page: { readonly from: number; readonly count: number }) =>
  matching(reader, which).selectAll().orderBy("id").offset(page.from).limit(page.count).execute();

export async function countUsers(reader: Reader, which: Which): Promise<number> {
  const { n } = await matching(reader, which)
    .select((select) => select.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow();
  return n;
}

/** Whom the directory took out, by their address. */
export const findDeprovisioned = (reader: Reader, workspaceId: string, emailBlind: Buffer) =>
  reader
    .withTables<MemberTables>()
    .selectFrom("member")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("email_blind", "=", emailBlind)
    .where("active", "=", false)
    .where("deprovisioned_at", "is not", null)
    .executeTakeFirst();

export async function storeExternalId(tx: Tx, id: string, externalId: string | null): Promise<void> {
  await tx
    .withTables<MemberTables>()
    .updateTable("member")
    .set({ external_id: externalId })
    .where("id", "=", id)
    .execute();
}

/** False where a directory had written of them before. */
export async function markClaimed(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`
    update member set claimed_at = lw_now() where id = ${id} and claimed_at is null returning 1`.execute(tx);
  return rows.length > 0;
}

export async function markDeprovisioned(tx: Tx, id: string): Promise<void> {
  await sql`update member set deprovisioned_at = lw_now() where id = ${id}`.execute(tx);
}
