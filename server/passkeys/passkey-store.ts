import { sql } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import type { MemberTables } from "../members/member-tables.js";
import type { PasskeyTables } from "./passkey-tables.js";

export type PasskeyRow = Awaited<ReturnType<typeof listPasskeys>>[number];

export const listPasskeys = (reader: Reader, memberId: string) =>
  reader
    .withTables<PasskeyTables>()
    .selectFrom("passkey")
    .selectAll()
    .where("member_id", "=", memberId)
    .orderBy("id")
    .execute();

/** With whose it is, as long as they may sign in. */
export const findByCredential = (reader: Reader, credentialId: string) =>
  reader
    .withTables<PasskeyTables & MemberTables>()
    .selectFrom("passkey")
    .innerJoin("member", "member.id", "passkey.member_id")
    .selectAll("passkey")
    .select("member.workspace_id")
    .where("credential_id", "=", credentialId)
    .where("member.active", "=", true)
    .executeTakeFirst();

export type FoundPasskey = NonNullable<Awaited<ReturnType<typeof findByCredential>>>;

export type NewPasskey = Omit<PasskeyRow, "created_at" | "last_used_at">;

/** False where somebody, whoever it is, has this passkey already. */
export async function insertPasskey(tx: Tx, row: NewPasskey): Promise<boolean> {
  const inserted = await tx
    .withTables<PasskeyTables>()
    .insertInto("passkey")
    .values({ ...row, created_at: sql`lw_now()`, last_used_at: null })
    .onConflict((conflict) => conflict.column("credential_id").doNothing())
    .returning("id")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** False where the counter did not go on, or the passkey is gone: of two that show one count, one comes in. Zero never counts. */
export async function countUse(tx: Tx, id: string, counter: number): Promise<boolean> {
  const { rows } = await sql`
    update passkey set counter = ${counter}, last_used_at = lw_now()
    where id = ${id} and (counter < ${counter} or (counter = 0 and ${counter} = 0)) returning 1`.execute(tx);
  return rows.length > 0;
}

interface Own {
  readonly id: string;
  readonly memberId: string;
}

export async function renamePasskey(tx: Tx, { id, memberId }: Own, name: Buffer): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .withTables<PasskeyTables>()
    .updateTable("passkey")
    .set({ name })
    .where("id", "=", id)
    .where("member_id", "=", memberId)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function removePasskey(tx: Tx, { id, memberId }: Own): Promise<boolean> {
  const { numDeletedRows } = await tx
    .withTables<PasskeyTables>()
    .deleteFrom("passkey")
    .where("id", "=", id)
    .where("member_id", "=", memberId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
