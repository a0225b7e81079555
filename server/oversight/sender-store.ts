import { sql } from "kysely";
import type { Reader, Tx } from "../db/database.js";
import { createTally, type SenderLine } from "./sender-tally.js";

const KEPT_DAYS = 90;

const columns = sql`workspace_id as "workspaceId", day::text, reason, key_prefix as "keyPrefix", network, count,
  first_at as "firstAt", last_at as "lastAt"`;

/** Adds to what is known of the same days; all processes together keep no more lines apart than one. */
export async function addSenders(tx: Tx, lines: readonly SenderLine[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('loopwright.unknown_sender'))`.execute(tx);
  const { rows: known } = await sql<SenderLine>`
    select ${columns} from unknown_sender
    where (workspace_id, day) in (select * from unnest(${lines.map(({ workspaceId }) => workspaceId)}::uuid[],
      ${lines.map(({ day }) => day)}::date[]))`.execute(tx);
  const tally = createTally(known);
  for (const line of lines) tally.add(line);
  await insert(tx, tally.lines());
  await sql`delete from unknown_sender where day < (lw_now() at time zone 'UTC')::date - ${KEPT_DAYS}::int`.execute(tx);
}

async function insert(tx: Tx, lines: readonly SenderLine[]): Promise<void> {
  await sql`
    insert into unknown_sender (workspace_id, day, reason, key_prefix, network, count, first_at, last_at)
    select * from unnest(${lines.map(({ workspaceId }) => workspaceId)}::uuid[], ${lines.map(({ day }) => day)}::date[],
      ${lines.map(({ reason }) => reason)}::text[], ${lines.map(({ keyPrefix }) => keyPrefix)}::text[],
      ${lines.map(({ network }) => network)}::text[], ${lines.map(({ count }) => count)}::int[],
      ${lines.map(({ firstAt }) => firstAt)}::timestamptz[], ${lines.map(({ lastAt }) => lastAt)}::timestamptz[])
    on conflict (workspace_id, day, reason, key_prefix, network) do update
      set count = unknown_sender.count + excluded.count, first_at = least(unknown_sender.first_at, excluded.first_at),
        last_at = greatest(unknown_sender.last_at, excluded.last_at)`.execute(tx);
}

/** The newest day first, and the most of each day. */
export async function listSenders(reader: Reader, workspaceId: string, limit: number): Promise<SenderLine[]> {
  const { rows } = await sql<SenderLine>`
    select ${columns} from unknown_sender where workspace_id = ${workspaceId}
    order by unknown_sender.day desc, count desc, key_prefix limit ${limit}`.execute(reader);
  return rows;
}
