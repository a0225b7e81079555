import { sql } from "kysely";
import { groupsOf } from "../contacts/contact-groups.js";
import type { Tx } from "../db/database.js";
import { deleteResponses } from "../erasure/delete-responses.js";
import { noteErased } from "../erasure/erased-responses.js";
import { heldContacts } from "../holds/held.js";
import type { Vault } from "../privacy/vault.js";
import { dropSubjects } from "./drop-deliveries.js";
import {
  isHeldBy,
  lockResponses,
  nextOf,
  PAGE,
  peopleOf,
  withOpenRuns,
  type LockedResponse,
  type Page,
  type Position,
} from "./page.js";

interface Aging {
  readonly id: string;
  readonly workspaceId: string;
  readonly before: string;
}

/**
 * Deletes whole responses, oldest first, with their runs. One that has an open run, or of which something was said since, waits; so does
 * one whose author asked to be forgotten: that needs the ledger to find the copies. A source that delivers one again does not bring it back.
 */
export async function dropResponses(tx: Tx, vault: Vault, source: Aging, after: Position): Promise<Page> {
  const aged = await agedResponses(tx, source, after);
  const locked = await lockResponses(
    tx,
    aged.map(({ id }) => id),
  );
  const kept = await keptAmong(tx, source, locked);
  const gone = locked.filter(({ id }) => !kept.has(id));
  await noteErased(tx, vault, source.workspaceId, gone);
  await deleteResponses(
    tx,
    gone.map(({ id }) => id),
  );
  await dropSubjects(
    tx,
    gone.flatMap(({ contact_id, subject_id }) => (contact_id === null ? subject_id : [])),
  );
  await forsake(
    tx,
    gone.flatMap(({ contact_id }) => contact_id ?? []),
  );
  return { gone: gone.length, next: nextOf(aged) };
}

async function agedResponses(tx: Tx, { id, before }: Aging, after: Position): Promise<readonly Position[]> {
  const { rows } = await sql<Position>`
    select id, created_at::text as at from response
    where source_id = ${id} and created_at < ${before}::timestamptz
      and (created_at, id) > (${after.at}::timestamptz, ${after.id}::uuid)
    order by created_at, id limit ${PAGE}`.execute(tx);
  return rows;
}

async function keptAmong(tx: Tx, { before }: Aging, locked: readonly LockedResponse[]): Promise<ReadonlySet<string>> {
  const ids = locked.map(({ id }) => id);
  const held = await heldContacts(tx, peopleOf(locked));
  const { rows } = await sql<{ id: string }>`
    select distinct response_id as id from revision
    where response_id = any(${ids}::uuid[]) and received_at >= ${before}::timestamptz
    union
    select response.id from response join erasure on erasure.done_at is null
      and (response.contact_id = any(erasure.contact_ids) or response.id = any(erasure.response_ids))
    where response.id = any(${ids}::uuid[])`.execute(tx);
  return new Set([
    ...(await withOpenRuns(tx, ids)),
    ...rows.map(({ id }) => id),
    ...locked.filter(isHeldBy(held)).map(({ id }) => id),
  ]);
}

/**
 * Who said nothing that is kept is known by nothing any more, unless what they allow must be remembered. Their row follows later. Whoever is
 * one person goes together: who stands for them has all that they said, and what they allow.
 */
async function forsake(tx: Tx, contactIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update contact set forsaken_at = lw_now()
    where id = any(${await groupsOf(tx, contactIds)}::uuid[]) and not exists (
      select from contact as root where root.id = lw_contact_root(contact.id) and (
        root.restricted_at is not null or root.consents <> '{}' or root.objections <> '{}'
        or (select true from response where response.contact_id = root.id limit 1) is not null))
    returning id`.execute(tx);
  await sql`
    delete from contact_identity where contact_id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(tx);
}
