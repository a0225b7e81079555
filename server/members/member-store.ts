import { sql } from "kysely";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Reader, Tx } from "../db/database.js";
import { allProviders } from "../sign-in-providers/all-providers.js";
import type { MemberTables } from "./member-tables.js";
import type { Permission } from "./permission-api.js";
import { permissions } from "./permissions.js";

export const findInstallation = (reader: Reader) =>
  reader.withTables<MemberTables>().selectFrom("installation").select("id").executeTakeFirst();

export const firstWorkspace = (reader: Reader) =>
  reader.withTables<MemberTables>().selectFrom("workspace").select(["id", "name"]).orderBy("id").executeTakeFirst();

export const allWorkspaces = (reader: Reader) =>
  reader.withTables<MemberTables>().selectFrom("workspace").select(["id", "name"]).orderBy("id").execute();

/** Those that a password signs in to: a provider may be the only way. */
export async function workspacesWithPasswords(reader: Reader): Promise<readonly { readonly id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select id from workspace where not exists (
      select from ${allProviders} as provider where workspace_id = workspace.id and exclusive
    ) order by id`.execute(reader);
  return rows;
}

export const findWorkspace = (reader: Reader, id: string) =>
  reader
    .withTables<MemberTables>()
    .selectFrom("workspace")
    .select(["id", "name"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();

/** The one who was there first: sign-in links that name nobody are theirs. */
export const firstAdmin = (reader: Reader, workspaceId: string) =>
  reader
    .withTables<MemberTables>()
    .selectFrom("member")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("role", "=", "admin")
    .where("active", "=", true)
    .orderBy("id")
    .executeTakeFirst();

export async function countMembersWho(reader: Reader, workspaceId: string, permission: Permission): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from member
    where workspace_id = ${workspaceId} and active and role = any(${[...permissions[permission]]}::text[])`.execute(
    reader,
  );
  return rows[0]?.n ?? 0;
}

export const findMemberByEmail = (reader: Reader, workspaceId: string, emailBlind: Buffer) =>
  reader
    .withTables<MemberTables>()
    .selectFrom("member")
    .select(["id", "role", "active"])
    .where("workspace_id", "=", workspaceId)
    .where("email_blind", "=", emailBlind)
    .executeTakeFirst();

export async function insertInstallation(tx: Tx): Promise<string> {
  const id = uuidv7();
  const db = tx.withTables<MemberTables>();
  await db
    .insertInto("installation")
    .values({ id, created_at: sql`lw_now()` })
    .execute();
  return id;
}

export async function insertWorkspace(tx: Tx, name: string): Promise<string> {
  const id = uuidv7();
  const db = tx.withTables<MemberTables>();
  await db
    .insertInto("workspace")
    .values({ id, name, settings: "{}", created_at: sql`lw_now()` })
    .execute();
  return id;
}

type NewMember = Pick<
  MemberTables["member"],
  "id" | "workspace_id" | "subject_id" | "role" | "name" | "email" | "email_blind"
>;

export async function insertMember(tx: Tx, member: NewMember): Promise<void> {
  await tx
    .withTables<MemberTables>()
    .insertInto("member")
    .values({ ...member, created_at: sql`lw_now()` })
    .execute();
}

export const memberNameCells = (reader: Reader, ids: readonly string[]) =>
  reader.withTables<MemberTables>().selectFrom("member").select(["id", "name"]).where("id", "in", ids).execute();
