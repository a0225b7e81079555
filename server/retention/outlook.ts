import { sql, type RawBuilder } from "kysely";
import type { Reader } from "../db/database.js";
import type { Outlook, Retention } from "./retention-api.js";
import { limitedBy } from "./retention-store.js";

/** No number is counted further: whoever reads it wants to know whether it is none, some or a great many. */
const MOST = 10_000;

type SourceOutlook = Outlook["sources"][number];
interface SourceRow {
  readonly id: string;
  readonly name: string;
  readonly held: boolean;
}

/** What would go now. What an open run or a held contact keeps is left out of content and responses alike. */
export async function outlook(reader: Reader, workspaceId: string, retention: Retention): Promise<Outlook> {
  const { rows } = await sql<SourceRow>`
    select source.id, source.name, exists (
      select from legal_hold where workspace_id = ${workspaceId} and lifted_at is null
        and (about = 'workspace' or (about = 'source' and about_id = source.id))) as held
    from source where workspace_id = ${workspaceId} order by source.id`.execute(reader);
  const heldContacts = await heldOneByOne(reader, workspaceId);
  const sources: SourceOutlook[] = [];
  for (const source of rows) sources.push(await outlookOf(reader, { ...source, heldContacts }, retention));
  return { sources, most: MOST };
}

async function outlookOf(
  reader: Reader,
  { id, name, held, heldContacts }: SourceRow & { readonly heldContacts: readonly string[] },
  { general, sources }: Retention,
): Promise<SourceOutlook> {
  const limits = sources.find(({ sourceId }) => sourceId === id) ?? general;
  const moments = await limitedBy(reader, limits);
  const count = (before: string | null, from: (before: string) => RawBuilder<unknown>): Promise<number> =>
    before === null || held ? Promise.resolve(0) : counted(reader, from(before));
  return {
    sourceId: id,
    sourceName: name,
    contents: await count(moments.content_before, contentsOf(id, heldContacts)),
    responses: await count(moments.responses_before, responsesOf(id, heldContacts)),
    deliveries: await count(
      moments.content_before,
      (before) => sql`from quarantine where source_id = ${id} and received_at < ${before}::timestamptz`,
    ),
    held,
  };
}

async function counted(reader: Reader, from: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select ${from} limit ${MOST}) as found`.execute(reader);
  return rows[0]?.n ?? 0;
}

/** Contacts that are held one by one, and who is one person with them: few, so that what they said is found by them, and not by reading every response. */
async function heldOneByOne(reader: Reader, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct one.id from legal_hold, lw_contact_group(about_id) as one (id)
    where workspace_id = ${workspaceId} and about = 'contact' and lifted_at is null`.execute(reader);
  return rows.map(({ id }) => id);
}

const isFree = (responseId: string, held: readonly string[]) => sql`
  not exists (select from run where run.response_id = ${sql.ref(responseId)} and run.finished_at is null)
  ${held.length === 0 ? sql`` : sql`and ${isHeldByNone(responseId, held)}`}`;

/** What is not null is said, because only then the indexes are known to hold it. */
const isHeldByNone = (responseId: string, held: readonly string[]) => sql`
  not ${sql.ref(responseId)} = any(array(
    select id from response where contact_id is not null and contact_id = any(${held}::uuid[])
    union all
    select id from response where own_contact_id is not null and own_contact_id = any(${held}::uuid[])))`;

const contentsOf = (id: string, held: readonly string[]) => (before: string) => sql`
  from revision where revision.source_id = ${id} and revision.content_gone_at is null
    and revision.received_at < ${before}::timestamptz and ${isFree("revision.response_id", held)}`;

const responsesOf = (id: string, held: readonly string[]) => (before: string) => sql`
  from response where response.source_id = ${id} and response.created_at < ${before}::timestamptz
    and ${isFree("response.id", held)}
    and not exists (
      select from revision where revision.response_id = response.id and revision.received_at >= ${before}::timestamptz)`;
