import { sql } from "kysely";
import type { Db } from "../../db/database.js";

/** Tables that grow with every event: none of them may be read from end to end. */
export const growing = [
  "response",
  "revision",
  "contact",
  "contact_identity",
  "subject",
  "subject_key",
  "run",
  "run_fact",
  "effect",
  "effect_attempt",
] as const;

/** So many companies, whose people said it in turn. */
const ACCOUNTS = 200;

/**
 * So many finished events of a workspace's source and flow, a run with two facts and an effect each, from three regions and many accounts, written by the database itself; what is
 * sealed is left out. Then what autovacuum does in its time: statistics, and the map that index-only scans go by.
 */
export async function fill(
  db: Db,
  place: { workspaceId: string; sourceId: string; flowId: string },
  count: number,
): Promise<void> {
  const { workspaceId, sourceId, flowId } = place;
  const ids = sql`select n, gen_random_uuid() as id, gen_random_uuid() as response_id, gen_random_uuid() as subject_id,
    gen_random_uuid() as contact_id, gen_random_uuid() as revision_id, gen_random_uuid() as effect_id
    from generate_series(1, ${count}::int) as n`;
  const statements = [
    sql`create temporary table filled on commit drop as ${ids}`,
    sql`insert into subject (id, workspace_id, kind, created_at) select subject_id, ${workspaceId}, 'contact', now() from filled`,
    sql`insert into subject_key (id, subject_id, workspace_key_id, wrapped, created_at)
      select gen_random_uuid(), subject_id, key.id, '\\x00', now()
      from filled, (select id from workspace_key where workspace_id = ${workspaceId} and purpose = 'subject' limit 1) as key`,
    sql`insert into contact (id, workspace_id, subject_id, created_at) select contact_id, ${workspaceId}, subject_id, now() from filled`,
    sql`insert into contact_identity (workspace_id, kind, blind, contact_id)
      select ${workspaceId}, 'email', decode(md5(n::text), 'hex'), contact_id from filled`,
    sql`create temporary table company on commit drop as
      select n, gen_random_uuid() as id from generate_series(0, ${ACCOUNTS - 1}::int) as n`,
    sql`insert into account (id, workspace_id, subject_id, created_at) select id, ${workspaceId}, gen_random_uuid(), now() from company`,
    sql`insert into response (id, workspace_id, source_id, external_id, subject_id, contact_id, account_id, created_at)
      select response_id, ${workspaceId}, ${sourceId}, 'filled-' || filled.n, subject_id, contact_id, company.id, now()
      from filled join company on company.n = filled.n % ${ACCOUNTS}::int`,
    sql`insert into revision (id, workspace_id, response_id, source_id, ordinal, content_hash, received_at, occurred_at, metric, score,
        domain, attributes, outcome)
      select revision_id, ${workspaceId}, response_id, ${sourceId}, 0, decode(md5(n::text), 'hex'), now(), now(), 'nps', 3,
        'customer', jsonb_build_object('region', (array['EMEA', 'US', 'APAC'])[1 + n % 3]), 'matched' from filled`,
    sql`insert into run (id, workspace_id, flow_id, flow_version_id, response_id, revision_id, ordinal, subject_id, key, seq, state, outcome,
        due_at, driven, created_at, finished_at)
      select filled.id, ${workspaceId}, ${flowId}, flow.version_id, response_id, revision_id, 0, subject_id, 'filled-' || n, 2, 'finished',
        'done', 'infinity', true, now(), now() from filled join flow on flow.id = ${flowId}`,
    sql`insert into run_fact (run_id, seq, at, kind, node_id, data)
      select id, seq, now(), case seq when 1 then 'started' else 'finished' end, null, '{}' from filled, generate_series(1, 2) as seq`,
    sql`insert into effect (id, workspace_id, owner_kind, owner_id, node_id, slot, iteration, key, action, state, on_ambiguous, closing,
        retry_until, created_at, settled_at)
      select effect_id, ${workspaceId}, 'run', id, 'deed', 'main', 0, 'filled-' || n, 'jira.createIssue@1', 'done', 'park', false,
        now(), now(), now() from filled`,
    sql`insert into effect_attempt (effect_id, number, kind, token, started_at, ended_at, outcome)
      select effect_id, 1, 'send', gen_random_uuid(), now(), now(), 'done' from filled`,
  ];
  await db.transaction().execute(async (tx) => {
    for (const statement of statements) await statement.execute(tx);
  });
  for (const table of growing) await sql`vacuum (analyze) ${sql.table(table)}`.execute(db);
}
