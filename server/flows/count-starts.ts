import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import { hasRowRules } from "../members/reach.js";
import { reachWhere, RUNS, type Seer } from "../members/reach-where.js";
import { STARTS } from "../sources/source-store.js";
import type { RunCount } from "./flow-store.js";

/** Of what `countRuns` counts, the runs that no feedback started. Their responses are of one source, and few beside what is said. */
export async function countStarts(reader: Reader, flowIds: readonly string[], seer: Seer): Promise<RunCount[]> {
  const seen = hasRowRules(seer.reach) ? reachWhere(seer, RUNS) : null;
  const { rows } = await sql<RunCount>`
    select run.flow_id as "flowId", run.state, count(*) as n from source
    join response on response.source_id = source.id
    join run on run.response_id = response.id
    join revision on revision.id = run.revision_id
    where source.workspace_id = ${seer.workspaceId} and source.kind = ${STARTS}
      and run.flow_id = any(${[...flowIds]}::uuid[]) and ${seen ?? sql`true`}
    group by run.flow_id, run.state`.execute(reader);
  return rows;
}
