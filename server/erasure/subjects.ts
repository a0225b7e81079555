import { sql } from "kysely";
import { groupsOf } from "../contacts/contact-groups.js";
import type { Reader } from "../db/database.js";
import type { EraseRequest } from "./erasure-api.js";
import type { ErasureRow } from "./erasure-tables.js";

export type Owned = Pick<ErasureRow, "subject_ids" | "contact_ids" | "response_ids" | "quarantine_ids">;

interface Row {
  readonly id: string;
  readonly subject_id: string;
}

/** Whose keys go when these are erased; what is not there, or not of this workspace, is left out. */
export async function subjectsOf(reader: Reader, workspaceId: string, asked: EraseRequest): Promise<Owned> {
  const find = async (table: string, ids: readonly string[], only = sql`true`): Promise<Row[]> => {
    const { rows } = await sql<Row>`
      select id, subject_id from ${sql.table(table)}
      where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) and ${only}`.execute(reader);
    return rows;
  };
  // Whoever is the same person goes too.
  const contacts = await find("contact", await groupsOf(reader, asked.contactIds));
  // One whose author is known goes with the author, or not at all: they share a key.
  const responses = await find("response", asked.responseIds, sql`contact_id is null`);
  const replayed = await replayedAs(reader, workspaceId, {
    contactIds: idsOf(contacts),
    responseIds: idsOf(responses),
  });
  return together({
    contacts,
    responses,
    quarantined: await find("quarantine", [...asked.quarantineIds, ...replayed]),
  });
}

/** Deliveries that were held before they became something that these people said. */
export async function replayedAs(
  reader: Reader,
  workspaceId: string,
  { contactIds, responseIds }: Pick<EraseRequest, "contactIds" | "responseIds">,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from quarantine where workspace_id = ${workspaceId} and revision_id in (
      select revision.id from revision join response on response.id = revision.response_id
      where response.contact_id = any(${contactIds}::uuid[]) or response.id = any(${responseIds}::uuid[]))`.execute(
    reader,
  );
  return idsOf(rows);
}

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

/** The other way round. Reads whole tables: only after a restore. */
export async function ownedBy(reader: Reader, subjectIds: readonly string[]): Promise<Owned> {
  const find = async (table: string): Promise<Row[]> => {
    const { rows } = await sql<Row>`
      select id, subject_id from ${sql.table(table)} where subject_id = any(${subjectIds}::uuid[])`.execute(reader);
    return rows;
  };
  const owned = together({
    contacts: await find("contact"),
    responses: await find("response"),
    quarantined: await find("quarantine"),
  });
  return { ...owned, subject_ids: [...subjectIds] };
}

function together(found: Readonly<Record<"contacts" | "responses" | "quarantined", readonly Row[]>>): Owned {
  const { contacts, responses, quarantined } = found;
  return {
    subject_ids: [...new Set([...contacts, ...responses, ...quarantined].map(({ subject_id }) => subject_id))],
    contact_ids: idsOf(contacts),
    response_ids: idsOf(responses),
    quarantine_ids: idsOf(quarantined),
  };
}
