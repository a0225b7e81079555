import { sql } from "kysely";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { groupsOf } from "../contacts/contact-groups.js";
import type { Tx } from "../db/database.js";
import { conflict, notFound } from "../errors.js";
import { heldContacts } from "../holds/held.js";
import { keepHolds } from "../holds/hold-lock.js";
import { bothAllow, isSame, lockChoices, writeChoices, type LockedContact } from "./contact-choices.js";
import type { Choices } from "./people-api.js";

export interface Pair {
  readonly workspaceId: string;
  /** Who stands for both. */
  readonly keptId: string;
  readonly mergedId: string;
}

/** From here on the two are one person: what either said is the kept one's, what either objects to both do. */
export async function merge(tx: Tx, { workspaceId, keptId, mergedId }: Pair, by: string): Promise<void> {
  await standStill(tx);
  const [kept, merged] = await lockBoth(tx, { workspaceId, keptId, mergedId });
  if (keptId === mergedId || kept.merged_into !== null || merged.merged_into !== null)
    throw conflict("already_merged", "One of them is merged already. Search again, and merge who stands for them.");
  await refuseErased(tx, [keptId, mergedId]);
  const choices = bothAllow(kept.choices, merged.choices);
  await sql`
    insert into contact_merge (id, workspace_id, kept_id, merged_id, kept_choices, merged_choices, choices, merged_at, merged_by)
    values (${uuidv7()}, ${workspaceId}, ${keptId}, ${mergedId}, ${json(kept.choices)}::jsonb, ${json(merged.choices)}::jsonb,
      ${json(choices)}::jsonb, lw_now(), ${by})`.execute(tx);
  await sql`update contact set merged_into = ${keptId}, forsaken_at = null where id = ${mergedId}`.execute(tx);
  await sql`
    update response set contact_id = ${keptId}, own_contact_id = coalesce(own_contact_id, ${mergedId})
    where contact_id = ${mergedId}`.execute(tx);
  await writeChoices(tx, keptId, choices);
}

/** Each has their own back, also what came since by what they are known by. What was chosen for both meanwhile stays for both. */
export async function unmerge(tx: Tx, { workspaceId, keptId, mergedId }: Pair): Promise<void> {
  await keepHolds(tx, workspaceId);
  await standStill(tx);
  const [kept, merged] = await lockBoth(tx, { workspaceId, keptId, mergedId });
  if (merged.merged_into !== keptId)
    throw conflict("not_merged", "These two are not merged, or no more. Search again to see who they are now.");
  await refuseErased(tx, [keptId, mergedId]);
  await refuseHeld(tx, keptId);
  const { rows } = await sql<{ kept_choices: Choices; merged_choices: Choices; choices: Choices }>`
    delete from contact_merge where merged_id = ${mergedId} returning kept_choices, merged_choices, choices`.execute(
    tx,
  );
  await sql`update contact set merged_into = null where id = ${mergedId}`.execute(tx);
  await sql`
    update response set contact_id = ${mergedId}, own_contact_id = nullif(own_contact_id, ${mergedId})
    where own_contact_id = any(${await groupsOf(tx, [mergedId])}::uuid[])`.execute(tx);
  const [before] = rows;
  if (!before) throw new Error(`The merge of contact ${mergedId} is nowhere.`);
  const untouched = isSame(kept.choices, before.choices);
  await writeChoices(tx, keptId, untouched ? before.kept_choices : kept.choices);
  await writeChoices(tx, mergedId, untouched ? before.merged_choices : kept.choices);
}

const json = (choices: Choices): string => JSON.stringify(choices);

/**
 * Feedback is being stored by what it is known by: whoever does has either ended, or begins once this is committed. So it is with runs and
 * what a contact allows.
 */
async function standStill(tx: Tx): Promise<void> {
  await sql`lock table response in exclusive mode`.execute(tx);
  await sql`lock table run in share row exclusive mode`.execute(tx);
}

async function lockBoth(tx: Tx, { workspaceId, keptId, mergedId }: Pair): Promise<[LockedContact, LockedContact]> {
  const contacts = await lockChoices(tx, workspaceId, [keptId, mergedId]);
  const [kept, merged] = [contacts.get(keptId), contacts.get(mergedId)];
  if (!kept || !merged) throw notFound("contact");
  return [kept, merged];
}

async function refuseErased(tx: Tx, contactIds: readonly string[]): Promise<void> {
  const { rows } = await sql`
    select from erasure where done_at is null and contact_ids && ${await groupsOf(tx, contactIds)}::uuid[] limit 1`.execute(
    tx,
  );
  if (rows.length > 0)
    throw conflict("being_erased", "One of them is being erased. What was asked for is done as they stood then.");
}

/** A hold on one of them is on what all of them said: parted, some of it could go. */
async function refuseHeld(tx: Tx, contactId: string): Promise<void> {
  const held = await heldContacts(tx, [contactId]);
  if (held.size > 0)
    throw conflict("held_together", "A legal hold on one of them is on both. Lift it first; then they can be parted.");
}
