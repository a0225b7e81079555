import { sql } from "kysely";
import type { Tx } from "../db/database.js";
import type { Choices } from "./people-api.js";

/**
 * What somebody allows from now on, for runs to come and for those that are open. New runs wait until this is committed: none starts by
 * the choice before. False where there is no such contact.
 */
export async function setChoices(
  tx: Tx,
  contact: { readonly workspaceId: string; readonly id: string },
  { restricted, consents, objections }: Choices,
): Promise<boolean> {
  await sql`lock table run in share row exclusive mode`.execute(tx);
  const { numAffectedRows } = await sql`
    update contact set consents = ${consents}::text[], objections = ${objections}::text[],
      restricted_at = case when ${restricted} then coalesce(restricted_at, now()) end
    where id = ${contact.id} and workspace_id = ${contact.workspaceId}`.execute(tx);
  await sql`
    update run set withheld = lw_withheld(run.purpose, contact.restricted_at, contact.objections, contact.consents)
    from response join contact on contact.id = response.contact_id
    where run.response_id = response.id and contact.id = ${contact.id} and run.finished_at is null`.execute(tx);
  return (numAffectedRows ?? 0n) > 0n;
}
