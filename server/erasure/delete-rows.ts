import { sql } from "kysely";
import type { Tx } from "../db/database.js";
import type { Vault } from "../privacy/vault.js";
import { deleteEach, deleteResponses, type Deleted } from "./delete-responses.js";
import { noteErased } from "./erased-responses.js";
import type { ErasureRow } from "./erasure-tables.js";
import { replayedAs } from "./subjects.js";

/** Keys, rows and blind indexes, in one transaction. The subject's row stays: what named it can then say "erased". */
export async function deleteRows(tx: Tx, vault: Vault, erasure: ErasureRow): Promise<Deleted> {
  const { contact_ids: contactIds } = erasure;
  const responses = await lockResponses(tx, erasure);
  const responseIds = responses.map(({ id }) => id);
  // Also what was replayed since they were asked for.
  const replayed = await replayedAs(tx, erasure.workspace_id, { contactIds, responseIds });
  await noteTraces(tx, erasure, responseIds);
  await noteErased(tx, vault, erasure.workspace_id, responses);
  const subjectIds = [...erasure.subject_ids, ...(await reasonsAbout(tx, contactIds))];
  const deleted = {
    ...(await deleteResponses(tx, responseIds)),
    ...(await deleteEach(tx, [
      ["quarantine", sql`id = any(${[...erasure.quarantine_ids, ...replayed]}::uuid[])`],
      ["contact_identity", sql`contact_id = any(${contactIds}::uuid[])`],
      ["contact_merge", sql`kept_id = any(${contactIds}::uuid[]) or merged_id = any(${contactIds}::uuid[])`],
      ["saved_view", sql`workspace_id = ${erasure.workspace_id} and filter ->> 'contactId' = any(${contactIds})`],
      ["contact", sql`id = any(${contactIds}::uuid[])`],
      ["subject_key", sql`subject_id = any(${subjectIds}::uuid[])`],
    ])),
  };
  await sql`update subject set erased_at = lw_now() where id = any(${subjectIds}::uuid[])`.execute(tx);
  return deleted;
}

interface ResponseRow {
  readonly id: string;
  readonly source_id: string;
  readonly external_id: string;
}

export async function lockResponses(tx: Tx, { contact_ids, response_ids }: ErasureRow): Promise<ResponseRow[]> {
  const { rows } = await sql<ResponseRow>`
    select id, source_id, external_id from response
    where contact_id = any(${contact_ids}::uuid[]) or id = any(${response_ids}::uuid[]) order by id for update`.execute(
    tx,
  );
  return rows;
}

/** Their workflow executions are deleted once the rows are gone. */
const noteTraces = (tx: Tx, erasure: ErasureRow, responseIds: readonly string[]): Promise<unknown> =>
  sql`
    insert into erasure_trace (erasure_id, run_id)
    select ${erasure.id}, id from run where response_id = any(${responseIds}::uuid[])
    on conflict do nothing`.execute(tx);

/** Why they were once held: words about them. That there was a hold stays. */
async function reasonsAbout(tx: Tx, contactIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ subject_id: string }>`
    update legal_hold set reason = null where about = 'contact' and about_id = any(${contactIds}::uuid[])
    returning subject_id`.execute(tx);
  return rows.map(({ subject_id }) => subject_id);
}
