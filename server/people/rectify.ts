import { sql } from "kysely";
import { blindIdentity, emailKey } from "../contacts/identity.js";
import type { Tx } from "../db/database.js";
import { conflict, notFound } from "../errors.js";
import type { Vault } from "../privacy/vault.js";
import type { Rectify } from "./people-api.js";

interface Whom {
  readonly workspaceId: string;
  readonly id: string;
}

/** Puts right what is known of a contact. What was said stays as it was said. */
export async function rectify(tx: Tx, vault: Vault, whom: Whom, asked: Rectify): Promise<void> {
  const { rows } = await sql<{ subject_id: string }>`
    select subject_id from contact where id = ${whom.id} and workspace_id = ${whom.workspaceId} for update`.execute(tx);
  const subjectId = rows[0]?.subject_id;
  if (subjectId === undefined) throw notFound("contact");
  for (const column of ["name", "email", "phone"] as const) {
    const value = asked[column];
    if (value === undefined) continue;
    const [sealed = null] = await vault.seal(tx, [{ subjectId, place: `contact.${column}|${whom.id}`, value }]);
    await sql`update contact set ${sql.ref(column)} = ${sealed} where id = ${whom.id}`.execute(tx);
  }
  if (asked.email !== undefined) await knowBy(tx, vault, whom, asked.email);
}

/** The old address leads to nobody any more, the new one to this contact. */
async function knowBy(tx: Tx, vault: Vault, { workspaceId, id }: Whom, email: string | null): Promise<void> {
  await sql`delete from contact_identity where contact_id = ${id} and kind = 'email'`.execute(tx);
  if (email === null) return;
  const blind = await blindIdentity(tx, vault, workspaceId, emailKey(email));
  const { numAffectedRows } = await sql`
    insert into contact_identity (workspace_id, kind, blind, contact_id)
    values (${workspaceId}, 'email', ${blind}, ${id}) on conflict do nothing`.execute(tx);
  if ((numAffectedRows ?? 0n) === 0n)
    throw conflict("email_taken_by_contact", "Another contact is known by this address already.");
}
