import { sql } from "kysely";
import type { Reader } from "../db/database.js";
import { notFound } from "../errors.js";
import type { Actor } from "../http/route.js";
import { authorize } from "../members/authorize.js";
import type { Permission } from "../members/permission-api.js";
import { reachWhere, RUNS, seerOf, type Seer } from "../members/reach-where.js";

/** A run belongs to its flow, and shows what was said: whoever does not see that does not see the run. Throws 403 or 404. */
export async function authorizeRun(
  reader: Reader,
  actor: Actor,
  action: Permission,
  { id }: { readonly id: string },
): Promise<void> {
  authorize(actor, action);
  const seen = await runsSeen(reader, seerOf(actor), [id]);
  if (!seen.has(id)) throw notFound("run");
}

/** Those of these runs that are within reach. */
export async function runsSeen(reader: Reader, seer: Seer, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const seen = reachWhere(seer, RUNS);
  if (seen === null || ids.length === 0) return new Set(ids);
  const { rows } = await sql<{ id: string }>`
    select run.id from run
    join revision on revision.id = run.revision_id join response on response.id = run.response_id
    where run.id = any(${[...ids]}::uuid[]) and ${seen}`.execute(reader);
  return new Set(rows.map(({ id }) => id));
}
