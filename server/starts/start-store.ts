import { sql } from "kysely";
import { readPublishedFlow } from "../../workflows/flow/publish.js";
import type { Tx } from "../db/database.js";
import type { Published } from "./started-by.js";

export interface StartableFlow {
  readonly state: "draft" | "live" | "paused";
  /** Null: never published. */
  readonly published: Published | null;
}

/** Whoever pauses, publishes or deletes it waits until this start is stored, or is waited for. */
export async function shareFlow(tx: Tx, workspaceId: string, flowId: string): Promise<StartableFlow | null> {
  const { rows } = await sql<{ state: StartableFlow["state"]; version_id: string | null; document: unknown }>`
    select flow.state, flow.version_id, (select document from flow_version where id = flow.version_id) as document
    from flow where id = ${flowId} and workspace_id = ${workspaceId} and deleted_at is null for share`.execute(tx);
  const [row] = rows;
  if (!row) return null;
  const { state, version_id: versionId, document } = row;
  return { state, published: versionId === null ? null : { versionId, flow: readPublishedFlow(document) } };
}

export interface EarlierStart {
  readonly eventId: string;
  readonly runId: string | null;
  readonly contentHash: Buffer;
}

/** Two of one key come one after the other: the second finds what the first stored. */
export async function earlierStart(
  tx: Tx,
  { sourceId, externalId }: { readonly sourceId: string; readonly externalId: string },
): Promise<EarlierStart | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${externalId}, 0))`.execute(tx);
  const { rows } = await sql<EarlierStart>`
    select revision.id as "eventId", run.id as "runId", revision.content_hash as "contentHash"
    from response join revision on revision.response_id = response.id
    left join run on run.response_id = response.id
    where response.source_id = ${sourceId} and response.external_id = ${externalId}
    order by revision.ordinal limit 1`.execute(tx);
  return rows[0] ?? null;
}
