import { sql } from "kysely";
import type { Tx } from "../db/database.js";
import { heldContacts } from "../holds/held.js";
import {
  isHeldBy,
  lockResponses,
  nextOf,
  PAGE,
  peopleOf,
  withOpenRuns,
  type Aged,
  type Page,
  type Position,
} from "./page.js";

/**
 * Empties what was said and what runs wrote about it, oldest first. Bodies as they came go at once, nobody needs them; the rest of a
 * response waits until its runs ended. Score, time and what was done stay.
 */
export async function dropContent(
  tx: Tx,
  source: { readonly id: string; readonly before: string },
  after: Position,
): Promise<Page> {
  const aged = await agedRevisions(tx, source, after);
  const free = await notHeld(tx, aged);
  await sql`
    update revision set raw = null where id = any(${idsOf(free)}::uuid[]) and raw is not null`.execute(tx);
  const open = await withOpenRuns(
    tx,
    free.map(({ response_id }) => response_id),
  );
  const gone = free.filter(({ response_id }) => !open.has(response_id));
  await sql`
    update revision set raw = null, comment = null, respondent = null, content_gone_at = lw_now()
    where id = any(${idsOf(gone)}::uuid[])`.execute(tx);
  // What is searched of them is their words as well.
  await sql`delete from search_copy where revision_id = any(${idsOf(gone)}::uuid[])`.execute(tx);
  await emptyRuns(tx, await silentAmong(tx, gone));
  return { gone: gone.length, next: nextOf(aged) };
}

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

async function agedRevisions(
  tx: Tx,
  { id, before }: { readonly id: string; readonly before: string },
  after: Position,
): Promise<readonly Aged[]> {
  const { rows } = await sql<Aged>`
    select id, response_id, received_at::text as at from revision
    where source_id = ${id} and content_gone_at is null and received_at < ${before}::timestamptz
      and (received_at, id) > (${after.at}::timestamptz, ${after.id}::uuid)
    order by received_at, id limit ${PAGE}`.execute(tx);
  return rows;
}

async function notHeld(tx: Tx, aged: readonly Aged[]): Promise<readonly Aged[]> {
  const responses = await lockResponses(tx, [...new Set(aged.map(({ response_id }) => response_id))]);
  const isHeld = isHeldBy(await heldContacts(tx, peopleOf(responses)));
  const free = new Set(responses.filter((response) => !isHeld(response)).map(({ id }) => id));
  return aged.filter(({ response_id }) => free.has(response_id));
}

/** Responses of which no word is kept any more. */
async function silentAmong(tx: Tx, gone: readonly Aged[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select response.id from response
    where response.id = any(${gone.map(({ response_id }) => response_id)}::uuid[]) and not exists (
      select from revision where revision.response_id = response.id and revision.content_gone_at is null)`.execute(tx);
  return idsOf(rows);
}

async function emptyRuns(tx: Tx, responseIds: readonly string[]): Promise<void> {
  await sql`delete from mention where response_id = any(${responseIds}::uuid[])`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    select id from run where response_id = any(${responseIds}::uuid[]) order by id for update`.execute(tx);
  const runIds = idsOf(rows);
  if (runIds.length === 0) return;
  const effects = sql`select id from effect where owner_kind = 'run' and owner_id = any(${runIds}::uuid[])`;
  await sql`
    update approval set title = null, text = null, reason = null where run_id = any(${runIds}::uuid[])`.execute(tx);
  await sql`
    update effect set request = null, message = null
    where owner_kind = 'run' and owner_id = any(${runIds}::uuid[])`.execute(tx);
  await sql`
    update effect_attempt set message = null where effect_id in (${effects}) and message is not null`.execute(tx);
  await sql`
    update run_fact set sealed = null where run_id = any(${runIds}::uuid[]) and sealed is not null`.execute(tx);
}
