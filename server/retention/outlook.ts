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
  const sources: SourceOutlook[] = [];
  for (const source of rows) sources.push(await outlookOf(reader, source, retention));
  return { sources, most: MOST };
}

async function outlookOf(
  reader: Reader,
  { id, name, held }: SourceRow,
  { general, sources }: Retention,
): Promise<SourceOutlook> {
  const limits = sources.find(({ sourceId }) => sourceId === id) ?? general;
  const moments = await limitedBy(reader, limits);
  const count = (before: string | null, from: (before: string) => RawBuilder<unknown>): Promise<number> =>
    before === null || held ? Promise.resolve(0) : counted(reader, from(before));
  return {
    sourceId: id,
    sourceName: name,
    contents: await count(moments.content_before, (before) => contentsOf(id, before)),
    responses: await count(moments.responses_before, (before) => responsesOf(id, before)),
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

const isFree = sql`
  not exists (select from run where run.response_id = response.id and run.finished_at is null)
  and not exists (select from legal_hold where about = 'contact' and lifted_at is null
    and about_id in (response.contact_id, response.own_contact_id))`;

const contentsOf = (id: string, before: string) => sql`
  from revision join response on response.id = revision.response_id
  where revision.source_id = ${id} and revision.content_gone_at is null
    and revision.received_at < ${before}::timestamptz and ${isFree}`;

const responsesOf = (id: string, before: string) => sql`
  from response where response.source_id = ${id} and response.created_at < ${before}::timestamptz and ${isFree}
    and not exists (select from revision where revision.response_id = response.id and revision.received_at >= ${before}::timestamptz)`;
