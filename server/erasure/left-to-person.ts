import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import type { LeftToPerson } from "./erasure-api.js";

/** More than that waits for nobody's eyes, but for a talk with whoever runs the source. */
const MOST = 50;

interface LeftRow {
  readonly contact_id: string;
  readonly source_name: string;
  readonly asked_at: Date;
}

/** Whom sources ask to forget although they are known elsewhere too, and who is not forgotten since: the newest first. */
export async function leftToPerson(reader: Reader, workspaceId: string): Promise<LeftToPerson[]> {
  const { rows } = await sql<LeftRow>`
    select contact.id as contact_id, min(source.name) as source_name, max(told.at) as asked_at
    from audit_event as told join contact on contact.id = told.target_id::uuid
      join source on source.id = (told.data ->> 'source')::uuid
    where told.workspace_id = ${workspaceId} and told.action = 'erasure.left_to_person'
      and not exists (select from erasure where erasure.workspace_id = ${workspaceId} and contact.id = any(erasure.contact_ids))
    group by contact.id order by asked_at desc limit ${MOST}`.execute(reader);
  return rows.map(({ contact_id, source_name, asked_at }) => ({
    contactId: contact_id,
    sourceName: source_name,
    askedAt: asked_at.toISOString(),
  }));
}
