import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import type { HoldKind } from "./hold-api.js";

/** An erasure and a hold that stops it: until its rows are gone, and not where a restored database erases again what had been erased. */
export const stops = sql`
  hold.workspace_id = erasure.workspace_id and hold.lifted_at is null and erasure.rows_at is null and erasure.ground <> 'restored'
  and case hold.about
    when 'workspace' then true
    when 'contact' then hold.about_id = any(erasure.contact_ids)
    else exists (select from response where response.contact_id = any(erasure.contact_ids) and response.source_id = hold.about_id)
      or exists (select from response where response.id = any(erasure.response_ids) and response.source_id = hold.about_id)
      or exists (select from quarantine where quarantine.id = any(erasure.quarantine_ids) and quarantine.source_id = hold.about_id)
  end`;

export interface Holding {
  readonly erasure_id: string;
  readonly about: HoldKind;
  readonly placed_at: Date;
}

/** What stops these erasures now, oldest hold first. */
export async function holdsOn(reader: Reader, erasureIds: readonly string[]): Promise<readonly Holding[]> {
  const { rows } = await sql<Holding>`
    select erasure.id as erasure_id, hold.about, hold.placed_at from erasure join legal_hold as hold on ${stops}
    where erasure.id = any(${erasureIds}::uuid[]) order by hold.id`.execute(reader);
  return rows;
}

/** Of these contacts, those that are held one by one: a hold on one of those who were merged holds all of them. */
export async function heldContacts(reader: Reader, contactIds: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct one.id from legal_hold, lw_contact_group(about_id) as one (id)
    where about = 'contact' and lifted_at is null and one.id = any(${contactIds}::uuid[])`.execute(reader);
  return new Set(rows.map(({ id }) => id));
}

/** Nothing that came from this source goes. */
export async function isSourceHeld(reader: Reader, source: { workspaceId: string; id: string }): Promise<boolean> {
  const { rows } = await sql`
    select from legal_hold where workspace_id = ${source.workspaceId} and lifted_at is null
      and (about = 'workspace' or (about = 'source' and about_id = ${source.id})) limit 1`.execute(reader);
  return rows.length > 0;
}
