import { sql } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import { GONE_AFTER, type Tab } from "./pen.js";

/** A page of a member, with a flow open. */
export interface Page {
  readonly workspaceId: string;
  readonly flowId: string;
  readonly tabId: string;
  readonly memberId: string;
}

interface TabRow extends Tab {
  readonly isNew: boolean;
}
export interface Seen {
  readonly draftRevision: number;
  readonly tabs: readonly TabRow[];
  /** Somebody's page is gone since. */
  readonly hasGone: boolean;
}

const fresh = sql`seen_at > lw_now() - make_interval(secs => ${sql.lit(GONE_AFTER)})`;
const tabColumns = sql`tab_id as "tabId", member_id as "memberId", taken_at is not null as "hasPen",
  coalesce(extract(epoch from lw_now() - edited_at), 'infinity')::float8 as idle`;

/**
 * The page is there still: noted, pages that are not are forgotten, and who else is there is told. One statement, which takes the flow
 * before its pages, as a save does. Null: no such flow.
 */
export async function beat(reader: Reader, { workspaceId, flowId, tabId, memberId }: Page): Promise<Seen | null> {
  const { rows } = await sql<TabRow & { draftRevision: number; hasGone: boolean }>`
    with own as (
      insert into flow_presence (flow_id, tab_id, workspace_id, member_id, seen_at)
      select id, ${tabId}, workspace_id, ${memberId}, lw_now() from flow
      where id = ${flowId} and workspace_id = ${workspaceId} and deleted_at is null for key share
      on conflict (flow_id, tab_id) do update set seen_at = excluded.seen_at
        where flow_presence.member_id = excluded.member_id
      returning *, xmax = 0 as "isNew"
    ), gone as (
      delete from flow_presence where (flow_id, tab_id) in (
        select flow_id, tab_id from flow_presence where not ${fresh} and tab_id <> ${tabId} and exists (select from own)
        limit 100 for update skip locked)
      returning flow_id
    ), here as (
      select ${tabColumns}, "isNew" from own
      union all
      select ${tabColumns}, false from flow_presence where flow_id = ${flowId} and tab_id <> ${tabId} and ${fresh}
    )
    select here.*, draft_revision as "draftRevision", exists (select from gone where flow_id = ${flowId}) as "hasGone"
    from here, flow where flow.id = ${flowId} and exists (select from own)`.execute(reader);
  const [first] = rows;
  return first ? { draftRevision: first.draftRevision, hasGone: first.hasGone, tabs: rows } : null;
}

/** Under the flow's lock: what is decided on it holds until the end of the transaction. */
export async function tabsOf(tx: Tx, flowId: string): Promise<Tab[]> {
  const { rows } = await sql<Tab>`
    select ${tabColumns} from flow_presence where flow_id = ${flowId} and ${fresh}`.execute(tx);
  return rows;
}

/** Under the flow's lock. The page has the pen from now on, or goes on having it, and nobody else has. */
export async function holdPen(tx: Tx, { workspaceId, flowId, tabId, memberId }: Page): Promise<void> {
  await sql`
    update flow_presence set taken_at = null
    where flow_id = ${flowId} and tab_id <> ${tabId} and taken_at is not null`.execute(tx);
  await sql`
    insert into flow_presence (flow_id, tab_id, workspace_id, member_id, seen_at, edited_at, taken_at)
    select ${flowId}, ${tabId}, ${workspaceId}, ${memberId}, now, now, now from (select lw_now() as now) as clock
    on conflict (flow_id, tab_id) do update set seen_at = excluded.seen_at, edited_at = excluded.edited_at,
      taken_at = coalesce(flow_presence.taken_at, excluded.taken_at)
      where flow_presence.member_id = excluded.member_id`.execute(tx);
}

/** False: it was not there. */
export async function leave(reader: Reader, { workspaceId, flowId, tabId, memberId }: Page): Promise<boolean> {
  const { rows } = await sql`
    delete from flow_presence where flow_id = ${flowId} and tab_id = ${tabId}
      and workspace_id = ${workspaceId} and member_id = ${memberId} returning flow_id`.execute(reader);
  return rows.length > 0;
}
