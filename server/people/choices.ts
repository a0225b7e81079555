import { sql } from "kysely";
import { rootsOf } from "../contacts/contact-groups.js";
import type { Tx } from "../db/database.js";
import { lockChoices, writeChoices } from "./contact-choices.js";
import type { Choices } from "./people-api.js";

/**
 * What somebody allows from now on, for runs to come and for those that are open. New runs wait until this is committed: none starts by
 * the choice before. Of who was merged, it is for all who are that person. False where there is no such contact.
 */
export async function setChoices(
  tx: Tx,
  contact: { readonly workspaceId: string; readonly id: string },
  choices: Choices,
): Promise<boolean> {
  await sql`lock table run in share row exclusive mode`.execute(tx);
  const id = (await rootsOf(tx, [contact.id])).get(contact.id) ?? contact.id;
  const isKnown = (await lockChoices(tx, contact.workspaceId, [id])).has(id);
  if (isKnown) await writeChoices(tx, id, choices);
  return isKnown;
}
