import { sql } from "kysely";
import type { Tx } from "../db/database.js";
import { lockChoices, writeChoices } from "./contact-choices.js";
import type { Choices } from "./people-api.js";

/**
 * What somebody allows from now on, for runs to come and for those that are open. New runs wait until this is committed: none starts by
 * the choice before. False where there is no such contact.
 */
export async function setChoices(
  tx: Tx,
  contact: { readonly workspaceId: string; readonly id: string },
  choices: Choices,
): Promise<boolean> {
  await sql`lock table run in share row exclusive mode`.execute(tx);
  const isKnown = (await lockChoices(tx, contact.workspaceId, [contact.id])).has(contact.id);
  if (isKnown) await writeChoices(tx, contact.id, choices);
  return isKnown;
}
