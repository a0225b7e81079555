import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import { COUNTED_AT_MOST } from "../members/reach.js";
import { reachWhere, RUNS, type Seer } from "../members/reach-where.js";
import { runStateSchema } from "../runs/run-filter-api.js";
import type { FlowTables } from "./flow-tables.js";

const LISTED = ["id", "number", "note", "override_reason", "published_at", "published_by"] as const;

/** Newest first, without their documents; none that is one step, done for real. */
export const listVersions = (reader: Reader, flowId: string) =>
  reader
    .withTables<FlowTables>()
    .selectFrom("flow_version")
    .select(LISTED)
    .where("flow_id", "=", flowId)
    .where("step", "is", null)
    .orderBy("number", "desc")
    .execute();
export type ListedVersion = Awaited<ReturnType<typeof listVersions>>[number];

/** With what was drawn, of this very flow. */
export const findDrawn = (reader: Reader, flowId: string, versionId: string) =>
  reader
    .withTables<FlowTables>()
    .selectFrom("flow_version")
    .select([...LISTED, "drawn", "document", "layout"])
    .where("flow_id", "=", flowId)
    .where("id", "=", versionId)
    .where("step", "is", null)
    .executeTakeFirst();
export type DrawnVersion = NonNullable<Awaited<ReturnType<typeof findDrawn>>>;

/** Runs within reach, by their version: of so many of the newest of each state, which the index of flow and state gives. */
export async function countByVersion(reader: Reader, flowId: string, seer: Seer): Promise<ReadonlyMap<string, number>> {
  const seen = reachWhere(seer, RUNS);
  const newest = sql`
    select newest.* from unnest(${runStateSchema.options}::text[]) as states (state) cross join lateral (
      select flow_id, flow_version_id, revision_id, response_id from run
      where run.flow_id = ${flowId} and run.state = states.state order by id desc limit ${COUNTED_AT_MOST}) as newest`;
  const among = seen
    ? sql`join revision on revision.id = run.revision_id join response on response.id = run.response_id where ${seen}`
    : sql``;
  const { rows } = await sql<{ id: string; n: number }>`
    select run.flow_version_id as id, count(*)::int as n from (${newest}) as run ${among} group by 1`.execute(reader);
  return new Map(rows.map(({ id, n }) => [id, n]));
}
