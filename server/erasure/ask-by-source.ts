import { sql } from "kysely";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { auditBy, type Deed } from "../audit/audit.js";
import { auditHourly } from "../audit/audit-hourly.js";
import { groupsOf } from "../contacts/contact-groups.js";
import { blindIdentity, externalKey } from "../contacts/identity.js";
import type { Tx } from "../db/database.js";
import { keepHolds } from "../holds/hold-lock.js";
import { holdsOn } from "../holds/held.js";
import type { Vault } from "../privacy/vault.js";
import { freeze, insertErasure } from "./erasure-store.js";
import { subjectsOf } from "./subjects.js";

interface Asking {
  readonly id: string;
  readonly workspaceId: string;
}

/**
 * A source says that people whom it knows by these ids are to be forgotten. However often it says so, each is erased once: from then on
 * the id leads to nobody. Who is not known is noted, without the id. Ids and addresses are what the source says they are, so it takes
 * nothing away that came from elsewhere: whoever is known there, too, is left to a person.
 */
export async function askBySource(tx: Tx, vault: Vault, source: Asking, externalIds: readonly string[]): Promise<void> {
  await keepHolds(tx, source.workspaceId);
  let unknown = 0;
  for (const externalId of [...externalIds].sort()) {
    const contactId = await knownAs(tx, vault, source, externalId);
    if (contactId === null) unknown += 1;
    else if (await isKnownElsewhere(tx, source, contactId)) await leaveToPerson(tx, source, contactId);
    else await ask(tx, source, contactId);
  }
  if (unknown > 0)
    await tell(tx, source, { action: "erasure.nobody", target: { kind: "source", id: source.id }, data: { unknown } });
}

/** Locked: of two deliveries at once, the second finds nobody, or an erasure that waits. */
async function knownAs(tx: Tx, vault: Vault, source: Asking, externalId: string): Promise<string | null> {
  const key = externalKey(source.id, externalId);
  const blind = await blindIdentity(tx, vault, source.workspaceId, key);
  const { rows } = await sql<{ contact_id: string }>`
    select contact_id from contact_identity
    where workspace_id = ${source.workspaceId} and kind = ${key.kind} and blind = ${blind} for update`.execute(tx);
  return rows[0]?.contact_id ?? null;
}

/** By what another source said of them, or as one of several who were merged. */
async function isKnownElsewhere(tx: Tx, source: Asking, contactId: string): Promise<boolean> {
  const group = await groupsOf(tx, [contactId]);
  if (group.length > 1) return true;
  const { rows } = await sql`
    select from response where contact_id = ${contactId} and source_id <> ${source.id} limit 1`.execute(tx);
  return rows.length > 0;
}

const leaveToPerson = (tx: Tx, source: Asking, contactId: string): Promise<void> =>
  auditHourly(
    tx,
    { workspaceId: source.workspaceId, kind: "system", id: null },
    { action: "erasure.left_to_person", target: { kind: "contact", id: contactId }, data: { source: source.id } },
  );

async function ask(tx: Tx, source: Asking, contactId: string): Promise<void> {
  const { rows: open } = await sql`
    select from erasure where done_at is null and workspace_id = ${source.workspaceId}
      and contact_ids @> array[${contactId}]::uuid[] limit 1`.execute(tx);
  if (open.length > 0) return;
  const owned = await subjectsOf(tx, source.workspaceId, {
    contactIds: [contactId],
    responseIds: [],
    quarantineIds: [],
  });
  const id = uuidv7();
  await insertErasure(tx, {
    ...{ id, workspace_id: source.workspaceId, ground: "source", asked_by: null, source_id: source.id },
    ...owned,
  });
  const held = (await holdsOn(tx, [id])).length > 0;
  if (!held) await freeze(tx, owned);
  await tell(tx, source, {
    action: "erasure.asked",
    target: { kind: "erasure", id },
    data: { ground: "source", source: source.id, contacts: 1, held },
  });
}

const tell = (tx: Tx, { workspaceId }: Asking, deed: Deed): Promise<void> =>
  auditBy(tx, { workspaceId, kind: "system", id: null }, deed);
