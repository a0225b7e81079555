import { sql } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import type { MemberTables } from "../members/member-tables.js";
import type { OidcTables } from "./oidc-tables.js";

export type ProviderRow = NonNullable<Awaited<ReturnType<typeof findProvider>>>;

export const findProvider = (reader: Reader, workspaceId: string) =>
  reader
    .withTables<OidcTables>()
    .selectFrom("oidc_provider")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .executeTakeFirst();

/** Whoever changes it, or signs in by it, waits for whoever does so already: a subject is linked once. */
export const lockProvider = (tx: Tx, workspaceId: string) =>
  tx
    .withTables<OidcTables>()
    .selectFrom("oidc_provider")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .forUpdate()
    .executeTakeFirst();

export const listProviders = (reader: Reader) =>
  reader
    .withTables<OidcTables>()
    .selectFrom("oidc_provider")
    .select(["workspace_id", "label"])
    .orderBy("workspace_id")
    .execute();

export async function storeProvider(tx: Tx, row: Omit<ProviderRow, "changed_at">): Promise<void> {
  const values = { ...row, changed_at: sql<Date>`lw_now()` };
  await tx
    .withTables<OidcTables>()
    .insertInto("oidc_provider")
    .values(values)
    .onConflict((conflict) => conflict.column("workspace_id").doUpdateSet(values))
    .execute();
}

export const removeProvider = (tx: Tx, workspaceId: string) =>
  tx
    .withTables<OidcTables>()
    .deleteFrom("oidc_provider")
    .where("workspace_id", "=", workspaceId)
    .returning("issuer")
    .executeTakeFirst();

interface Subject {
  readonly workspaceId: string;
  readonly issuer: string;
  readonly subjectBlind: Buffer;
}

export const findLinked = (reader: Reader, { workspaceId, issuer, subjectBlind }: Subject) =>
  reader
    .withTables<OidcTables & MemberTables>()
    .selectFrom("oidc_link")
    .innerJoin("member", "member.id", "oidc_link.member_id")
    .select(["member.id", "member.active"])
    .where("oidc_link.workspace_id", "=", workspaceId)
    .where("issuer", "=", issuer)
    .where("subject_blind", "=", subjectBlind)
    .executeTakeFirst();

export async function isLinked(reader: Reader, memberId: string, issuer: string): Promise<boolean> {
  const { rows } = await sql`select from oidc_link where member_id = ${memberId} and issuer = ${issuer}`.execute(
    reader,
  );
  return rows.length > 0;
}

export async function insertLink(tx: Tx, memberId: string, subject: Subject): Promise<void> {
  const { workspaceId, issuer, subjectBlind } = subject;
  await sql`
    insert into oidc_link (workspace_id, issuer, subject_blind, member_id, linked_at)
    values (${workspaceId}, ${issuer}, ${subjectBlind}, ${memberId}, lw_now())`.execute(tx);
}

/** Answers whether there was one. */
export async function removeLinks(tx: Tx, memberId: string): Promise<boolean> {
  const { rows } = await sql`delete from oidc_link where member_id = ${memberId} returning 1`.execute(tx);
  return rows.length > 0;
}

/** An active admin who has come in by this issuer. */
export async function hasLinkedAdmin(reader: Reader, workspaceId: string, issuer: string): Promise<boolean> {
  const { rows } = await sql`
    select from oidc_link join member on member.id = member_id
    where oidc_link.workspace_id = ${workspaceId} and issuer = ${issuer} and role = 'admin' and active limit 1`.execute(
    reader,
  );
  return rows.length > 0;
}
