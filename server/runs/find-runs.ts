import { sql, type RawBuilder } from "kysely";
import { databaseNow } from "../../workflows/ledger/clock.js";
import type { Reader } from "../db/database.js";
import { plainClauses, probes, type RunFind } from "./run-conditions.js";
import { idsOf, spanOf } from "./run-days.js";
import { runStateSchema } from "./run-filter-api.js";
import { searchOf } from "./run-search.js";

/** Runs that one page looks at, where each must be asked for itself: the next page goes on from there. */
const LOOKED_AT = 10_000;
/** Of a source that said no more than this, the responses lead to the runs. */
const FEW = 2_000;

export interface FoundRuns {
  readonly ids: readonly string[];
  /** Where the next page begins. It may find something though this one is not full: then it looked at as many as one page may. */
  readonly next: string | null;
}

type Statement = RawBuilder<unknown>;

/** Newest first: ids of the runs that are asked for and within reach. */
export async function findRuns(reader: Reader, find: RunFind): Promise<FoundRuns> {
  const { limit } = find;
  const now = await databaseNow(reader);
  const asked = probes(find, now);
  const wanted = await candidates(reader, find, { isProbed: asked.length > 0, now });
  const { rows } = await sql<{ id: string }>`
    select candidate.id from (${wanted}) as candidate
    cross join lateral (select * from run as one where one.id = candidate.id limit 1) as run
    cross join lateral (select * from revision as one where one.id = run.revision_id limit 1) as revision
    cross join lateral (select * from response as one where one.id = run.response_id limit 1) as response
    where ${every([...plainClauses(find), ...asked])}
    order by candidate.id desc limit ${limit + 1}`.execute(reader);
  const ids = rows.slice(0, limit).map(({ id }) => id);
  if (rows.length > limit) return { ids, next: ids.at(-1) ?? null };
  return { ids, next: asked.length > 0 ? await lastLookedAt(reader, wanted) : null };
}

async function lastLookedAt(reader: Reader, wanted: Statement): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from (${wanted}) as candidate order by id desc offset ${LOOKED_AT - 1} limit 1`.execute(reader);
  return rows[0]?.id ?? null;
}

const every = (clauses: readonly Statement[]): Statement =>
  clauses.length === 0 ? sql`true` : sql.join([...clauses], sql` and `);

interface How {
  /** No index leads to what is asked for, so that many may have to be looked at for a page. */
  readonly isProbed: boolean;
  readonly now: Date;
}

/** Where an index leads closest to what is asked for: ids of runs, newest first. */
async function candidates(reader: Reader, find: RunFind, how: How): Promise<Statement> {
  const { contactId, sourceId, flowId, state } = find;
  const within = between(find, how);
  const limit = how.isProbed ? LOOKED_AT : find.limit + 1;
  if (contactId) return byResponses(sql`contact_id = (select lw_contact_root(${contactId}))`, within);
  if (sourceId && (await saidLittle(reader, sourceId))) return byResponses(sql`source_id = ${sourceId}`, within);
  if (flowId) return byFlows(sql`select ${flowId}::uuid as id`, { states: state, within, limit });
  if (!state) return newest(find, { within, limit });
  if (state.every(isOpen)) return open(find, { within, limit });
  // Some states are rare among very many runs, and common in none of the flows.
  const flows = sql`select id from flow where workspace_id = ${find.workspaceId}`;
  return how.isProbed ? newest(find, { within, limit }) : byFlows(flows, { states: state, within, limit });
}

/** Where the page begins, and which ids can lie in the days that are asked for. */
function between({ cursor, search, ...span }: RunFind, { now }: How): Statement {
  const { least, below } = idsOf(spanOf(span, now));
  const ids = search === undefined ? null : searchOf(search);
  return every([
    ...(cursor ? [sql`run.id < ${cursor}`] : []),
    ...(least ? [sql`run.id >= ${least}`] : []),
    ...(below ? [sql`run.id < ${below}`] : []),
    ...(ids?.kind === "ids" ? [sql`run.id between ${ids.least} and ${ids.most}`] : []),
  ]);
}

interface Part {
  readonly within: Statement;
  readonly limit: number;
}

const newest = ({ workspaceId }: RunFind, { within, limit }: Part): Statement => sql`
  select run.id from run where run.workspace_id = ${workspaceId} and ${within} order by run.id desc limit ${limit}`;

/** They are few beside those that are over, and have an index of their own. */
const open = ({ workspaceId, state = [] }: RunFind, { within, limit }: Part): Statement => sql`
  select run.id from run where run.workspace_id = ${workspaceId} and run.finished_at is null
    and run.state = any(${state}::text[]) and ${within} order by run.id desc limit ${limit}`;

const byFlows = (
  flows: Statement,
  { states = runStateSchema.options, within, limit }: Part & { readonly states: RunFind["state"] },
): Statement => sql`
  select found.id from (${flows}) as flow cross join unnest(${[...states]}::text[]) as wanted (state)
  cross join lateral (
    select run.id from run where run.flow_id = flow.id and run.state = wanted.state and ${within}
    order by run.id desc limit ${limit}) as found
  order by found.id desc limit ${limit}`;

const byResponses = (of: Statement, within: Statement): Statement => sql`
  select found.id from (
    select id from response where ${of} order by created_at desc limit ${LOOKED_AT}) as said
  cross join lateral (
    select run.id from run where run.response_id = said.id and ${within} order by run.id desc limit ${LOOKED_AT}) as found
  order by found.id desc limit ${LOOKED_AT}`;

async function saidLittle(reader: Reader, sourceId: string): Promise<boolean> {
  const { rows } = await sql`select from response where source_id = ${sourceId}
    order by source_id, created_at, id offset ${FEW} limit 1`.execute(reader);
  return rows.length === 0;
}

const isOpen = (state: string): boolean => state !== "finished" && state !== "cancelled";
