import { sql } from "kysely";
import { insertRows } from "../../workflows/ledger/rows.js";
import type { Reader, Tx } from "../db/database.js";
import type { Limits, Retention } from "./retention-api.js";

interface LimitsRow {
  readonly source_id: string | null;
  readonly content_days: number | null;
  readonly response_days: number | null;
}

const FOR_EVER: Limits = { contentDays: null, responseDays: null };
const limitsOf = ({ content_days, response_days }: LimitsRow): Limits => ({
  contentDays: content_days,
  responseDays: response_days,
});

export async function readRetention(reader: Reader, workspaceId: string): Promise<Retention> {
  const { rows } = await sql<LimitsRow>`
    select source_id, content_days, response_days from retention
    where workspace_id = ${workspaceId} order by source_id`.execute(reader);
  const general = rows.find(({ source_id }) => source_id === null);
  return {
    general: general ? limitsOf(general) : FOR_EVER,
    sources: rows.flatMap((row) => (row.source_id === null ? [] : [{ sourceId: row.source_id, ...limitsOf(row) }])),
  };
}

export async function writeRetention(tx: Tx, workspaceId: string, { general, sources }: Retention): Promise<void> {
  const at = new Date();
  await sql`delete from retention where workspace_id = ${workspaceId}`.execute(tx);
  await insertRows(tx, {
    into: "retention",
    rows: [{ sourceId: null, ...general }, ...sources],
    columns: {
      workspace_id: ["uuid", () => workspaceId],
      source_id: ["uuid", ({ sourceId }) => sourceId],
      content_days: ["int", ({ contentDays }) => contentDays],
      response_days: ["int", ({ responseDays }) => responseDays],
      changed_at: ["timestamptz", () => at],
    },
  });
}

/** A source with limits, as moments: what was received before them goes. Null: for ever. */
export interface Limited {
  readonly id: string;
  readonly workspace_id: string;
  readonly content_before: string | null;
  readonly responses_before: string | null;
}

/**
 * Full hours, so that a busy source has something to delete once an hour and not every few seconds. Texts, because a Date would round what
 * the database compares.
 */
const before = (days: unknown) => sql`(date_trunc('hour', lw_now()) - make_interval(days => ${days}))::text`;

/** Of every workspace. The database says what time it is; the moments are given back to it, so that an index finds what is older. */
export async function limitedSources(reader: Reader): Promise<Limited[]> {
  const { rows } = await sql<Limited>`
    with limits as (
      select source.id, source.workspace_id,
        case when own.workspace_id is null then general.content_days else own.content_days end as content_days,
        case when own.workspace_id is null then general.response_days else own.response_days end as response_days
      from source
      left join retention as own on own.workspace_id = source.workspace_id and own.source_id = source.id
      left join retention as general on general.workspace_id = source.workspace_id and general.source_id is null
    )
    select id, workspace_id, ${before(sql`least(content_days, response_days)`)} as content_before,
      ${before(sql`response_days`)} as responses_before
    from limits where content_days is not null or response_days is not null order by id`.execute(reader);
  return rows;
}

/** The same moments for limits that are not set yet. */
export async function limitedBy(reader: Reader, limits: Limits): Promise<Omit<Limited, "id" | "workspace_id">> {
  const { contentDays, responseDays } = limits;
  const { rows } = await sql<Omit<Limited, "id" | "workspace_id">>`
    select ${before(sql`least(${contentDays}::int, ${responseDays}::int)`)} as content_before,
      ${before(sql`${responseDays}::int`)} as responses_before`.execute(reader);
  const [moments] = rows;
  if (!moments) throw new Error("the database told no time");
  return moments;
}
