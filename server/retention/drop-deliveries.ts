import { sql } from "kysely";
import type { Tx } from "../db/database.js";
import { PAGE, START, type Page } from "./page.js";

/** Deliveries that could not be read hold nothing but their body: they go whole, with their keys. */
export async function dropDeliveries(tx: Tx, source: { readonly id: string; readonly before: string }): Promise<Page> {
  const { rows } = await sql<{ subject_id: string }>`
    delete from quarantine where id = any(array(
      select id from quarantine where source_id = ${source.id} and received_at < ${source.before}::timestamptz
      order by received_at, id limit ${PAGE} for update skip locked))
    returning subject_id`.execute(tx);
  await dropSubjects(
    tx,
    rows.map(({ subject_id }) => subject_id),
  );
  return { gone: rows.length, next: rows.length < PAGE ? null : START };
}

/** Nothing names them any more. */
export async function dropSubjects(tx: Tx, subjectIds: readonly string[]): Promise<void> {
  await sql`delete from subject_key where subject_id = any(${subjectIds}::uuid[])`.execute(tx);
  await sql`delete from subject where id = any(${subjectIds}::uuid[])`.execute(tx);
}
