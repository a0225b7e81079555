import { sql } from "kysely";
import type { Tx } from "../db/database.js";
import { dropSubjects } from "./drop-deliveries.js";
import { PAGE } from "./page.js";

/** Longer than any transaction lasts: whoever found the contact by its identity has stored what was said by then. */
const LATER = "5 minutes";

/** Deletes contacts of whom nothing is kept. Answers how many rows it looked at. */
export async function dropContacts(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: string; subject_id: string; is_back: boolean }>`
    select id, subject_id, (select true from response where response.contact_id = lw_contact_root(contact.id) limit 1) is not null
      or exists (
        select from legal_hold where about = 'contact' and lifted_at is null
          and about_id in (select lw_contact_group(contact.id))) as is_back
    from contact where forsaken_at < (select lw_now()) - ${LATER}::interval
    order by forsaken_at limit ${PAGE} for update skip locked`.execute(tx);
  const back = rows.filter(({ is_back }) => is_back);
  const gone = rows.filter(({ is_back }) => !is_back);
  await sql`
    update contact set forsaken_at = null where id = any(${back.map(({ id }) => id)}::uuid[])`.execute(tx);
  await sql`delete from contact_merge where merged_id = any(${gone.map(({ id }) => id)}::uuid[])`.execute(tx);
  await sql`delete from contact where id = any(${gone.map(({ id }) => id)}::uuid[])`.execute(tx);
  await dropSubjects(
    tx,
    gone.map(({ subject_id }) => subject_id),
  );
  return rows.length;
}
