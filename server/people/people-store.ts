import { sql } from "kysely";
import type { Purpose } from "../../workflows/flow/purpose.js";
import { blindIdentity, type IdentityKey } from "../contacts/identity.js";
import type { Reader } from "../db/database.js";
import { dayOf } from "../employees/day-id.js";
import { openTexts } from "../privacy/open-texts.js";
import { STARTS } from "../sources/source-store.js";
import type { Vault } from "../privacy/vault.js";
import { mergedInto } from "./merged-contacts.js";
import { respondentsOf, type Respondent } from "./respondent.js";
import type { FoundContact, FoundHeld, FoundResponse } from "./people-api.js";

interface ContactRow {
  readonly id: string;
  readonly name: Buffer | null;
  readonly email: Buffer | null;
  readonly phone: Buffer | null;
  readonly created_at: Date;
  readonly restricted_at: Date | null;
  readonly consents: Purpose[];
  readonly objections: Purpose[];
  readonly responses: number;
  readonly only_employee: boolean;
}

/** Opened, in the order of the rows. */
async function contactsOf(reader: Reader, vault: Vault, rows: readonly ContactRow[]): Promise<FoundContact[]> {
  const column = (name: "name" | "email" | "phone") =>
    openTexts(
      vault,
      reader,
      rows.map((row) => ({ sealed: row[name], place: `contact.${name}|${row.id}` })),
    );
  const [names, emails, phones] = [await column("name"), await column("email"), await column("phone")];
  return rows.map(({ id, responses, created_at, restricted_at, consents, objections, only_employee }, index) => ({
    ...{ id, responses, firstSeen: (only_employee ? dayOf(created_at) : created_at).toISOString() },
    choices: { restricted: restricted_at !== null, consents, objections },
    ...{ name: names[index] ?? null, email: emails[index] ?? null, phone: phones[index] ?? null },
    merged: [],
  }));
}

/** Whoever spoke as an employee alone is told by the day: at that minute a run began. */
const contactColumns = sql`contact.id, contact.name, contact.email, contact.phone, contact.created_at, contact.restricted_at,
  contact.consents, contact.objections,
  (select count(*)::int from response join source on source.id = response.source_id
    where response.contact_id = contact.id and source.kind <> ${STARTS}) as responses,
  coalesce((select bool_and(revision.domain = 'employee') from response join revision on revision.response_id = response.id
    join source on source.id = response.source_id
    where response.contact_id = contact.id and source.kind <> ${STARTS}), false) as only_employee`;

export async function contactsById(
  reader: Reader,
  vault: Vault,
  { workspaceId, ids }: { workspaceId: string; ids: readonly string[] },
): Promise<FoundContact[]> {
  const { rows } = await sql<ContactRow>`
    select ${contactColumns} from contact
    where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) order by id desc`.execute(reader);
  const contacts = await contactsOf(reader, vault, rows);
  const merged = await mergedInto(reader, vault, ids);
  return contacts.map((contact) => ({
    ...contact,
    merged: merged.filter(({ rootId }) => rootId === contact.id).map(({ rootId: _, ...one }) => one),
  }));
}

/** Newest first, below `before`. */
export async function contactsBefore(
  reader: Reader,
  vault: Vault,
  { workspaceId, before, limit }: { workspaceId: string; before: string | null; limit: number },
): Promise<FoundContact[]> {
  const { rows } = await sql<ContactRow>`
    select ${contactColumns} from contact
    where workspace_id = ${workspaceId} and (${before}::uuid is null or id < ${before}::uuid)
    order by id desc limit ${limit}`.execute(reader);
  return contactsOf(reader, vault, rows);
}

interface RevisionRow {
  readonly revision_id: string;
  readonly id: string;
  readonly contact_id: string | null;
  readonly source_name: string;
  readonly received_at: Date;
  readonly comment: Buffer | null;
  readonly respondent: Buffer | null;
}

export interface ReadRevision extends FoundResponse {
  readonly revisionId: string;
  readonly respondent: Respondent;
}

const revisionColumns = sql`revision.id as revision_id, response.id, response.contact_id, source.name as source_name,
  revision.received_at, revision.comment, revision.respondent`;
/**
 * What employees said is found for a request of their own only, by whoever may reveal it. A review of a colleague is not found by its words
 * even so, but with its author: else what was said would lead to who said it.
 */
const searchable = (revealsEmployees: boolean) =>
  revealsEmployees
    ? sql`(revision.relation is null or response.contact_id is null)`
    : sql`revision.domain <> 'employee'`;

const revisionTables = sql`revision join response on response.id = revision.response_id join source on source.id = revision.source_id`;

async function revisionsOf(reader: Reader, vault: Vault, rows: readonly RevisionRow[]): Promise<ReadRevision[]> {
  const comments = await openTexts(
    vault,
    reader,
    rows.map(({ revision_id, comment }) => ({ sealed: comment, place: `revision.comment|${revision_id}` })),
  );
  const respondents = await respondentsOf(
    reader,
    vault,
    rows.map(({ revision_id: revisionId, respondent }) => ({ revisionId, respondent })),
  );
  return rows.map(({ revision_id, id, contact_id, source_name, received_at }, index) => {
    const respondent = respondents[index] ?? { name: null, email: null, phone: null };
    return {
      ...{ revisionId: revision_id, id, contactId: contact_id, sourceName: source_name },
      ...{ receivedAt: received_at.toISOString(), comment: comments[index] ?? null, name: respondent.name, respondent },
    };
  });
}

export async function revisionsOfResponses(
  reader: Reader,
  vault: Vault,
  { workspaceId, revealsEmployees, ids }: { workspaceId: string; revealsEmployees: boolean; ids: readonly string[] },
): Promise<ReadRevision[]> {
  const { rows } = await sql<RevisionRow>`
    select ${revisionColumns} from ${revisionTables}
    where revision.workspace_id = ${workspaceId} and response.id = any(${ids}::uuid[]) and ${searchable(revealsEmployees)}
    order by revision.id desc`.execute(reader);
  return revisionsOf(reader, vault, rows);
}

/** Newest first, below `before`. */
export async function revisionsBefore(
  reader: Reader,
  vault: Vault,
  {
    workspaceId,
    revealsEmployees,
    before,
    limit,
  }: { workspaceId: string; revealsEmployees: boolean; before: string | null; limit: number },
): Promise<ReadRevision[]> {
  const { rows } = await sql<RevisionRow>`
    select ${revisionColumns} from ${revisionTables}
    where revision.workspace_id = ${workspaceId} and (${before}::uuid is null or revision.id < ${before}::uuid)
      and ${searchable(revealsEmployees)}
    order by revision.id desc limit ${limit}`.execute(reader);
  return revisionsOf(reader, vault, rows);
}

/** Deliveries that are held, with their raw text, newest first. */
export async function heldDeliveries(
  reader: Reader,
  vault: Vault,
  { workspaceId, revealsEmployees, limit }: { workspaceId: string; revealsEmployees: boolean; limit: number },
): Promise<(FoundHeld & { readonly text: string })[]> {
  const { rows } = await sql<{ id: string; source_name: string; received_at: Date; raw: Buffer | null }>`
    select quarantine.id, source.name as source_name, quarantine.received_at, quarantine.raw
    from quarantine join source on source.id = quarantine.source_id
    where quarantine.workspace_id = ${workspaceId}
      and (${revealsEmployees} or (source.settings ->> 'domain' is distinct from 'employee' and quarantine.domain is distinct from 'employee'))
    order by quarantine.id desc limit ${limit}`.execute(reader);
  const opened = await vault.open(
    reader,
    rows.map(({ id, raw }) => ({ sealed: raw, place: `quarantine.raw|${id}` })),
  );
  return rows.map(({ id, source_name, received_at }, index) => ({
    ...{ id, sourceName: source_name, receivedAt: received_at.toISOString() },
    text: textOf(opened[index]),
  }));
}

const textOf = (cell: Awaited<ReturnType<Vault["open"]>>[number] | undefined): string =>
  cell && !cell.erased && Buffer.isBuffer(cell.value) ? cell.value.toString("utf8") : "";

/** By every key that somebody may be known by. */
export async function contactsKnownAs(
  reader: Reader,
  vault: Vault,
  { workspaceId, keys }: { workspaceId: string; keys: readonly IdentityKey[] },
): Promise<string[]> {
  const blinds = await Promise.all(keys.map((key) => blindIdentity(reader, vault, workspaceId, key)));
  const { rows } = await sql<{ contact_id: string }>`
    select contact_id from contact_identity where (workspace_id, kind, blind) in (
      select ${workspaceId}::uuid, * from unnest(${keys.map(({ kind }) => kind)}::text[], ${blinds}::bytea[]))`.execute(
    reader,
  );
  return rows.map(({ contact_id }) => contact_id);
}

export async function sourceIds(reader: Reader, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from source where workspace_id = ${workspaceId}`.execute(reader);
  return rows.map(({ id }) => id);
}
