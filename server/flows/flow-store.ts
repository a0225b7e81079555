import { sql, type RawBuilder, type Selectable } from "kysely";
import { isSameJson } from "../../workflows/flow/canonical-json.js";
import type { FlowDraft, PublishedFlow } from "../../workflows/flow/schema.js";
import type { Reader, Tx } from "../db/database.js";
import { COUNTED_AT_MOST, hasRowRules } from "../members/reach.js";
import { reachWhere, RUNS, type Seer } from "../members/reach-where.js";
import { runStateSchema } from "../runs/run-filter-api.js";
import type { FlowTables } from "./flow-tables.js";

export type FlowRow = Selectable<FlowTables["flow"]>;

/** `only`: ids, null for all of the workspace. */
export async function listFlows(
  reader: Reader,
  { workspaceId, only }: { readonly workspaceId: string; readonly only: readonly string[] | null },
): Promise<FlowRow[]> {
  const query = reader.withTables<FlowTables>().selectFrom("flow").selectAll().where("workspace_id", "=", workspaceId);
  return query
    .where("deleted_at", "is", null)
    .$if(only !== null, (flows) => flows.where("id", "in", only ?? []))
    .orderBy("id")
    .execute();
}

/** Flows that start runs now, with what they were published as. */
export async function listLive(
  reader: Reader,
  {
    workspaceId,
    only,
    except,
  }: { readonly workspaceId: string; readonly only: readonly string[] | null; readonly except: string },
): Promise<{ name: string; document: unknown }[]> {
  return reader
    .withTables<FlowTables>()
    .selectFrom("flow")
    .innerJoin("flow_version", "flow_version.id", "flow.version_id")
    .select(["flow.name", "flow_version.document"])
    .where("flow.workspace_id", "=", workspaceId)
    .where("flow.state", "=", "live")
    .where("flow.deleted_at", "is", null)
    .where("flow.id", "!=", except)
    .$if(only !== null, (flows) => flows.where("flow.id", "in", only ?? []))
    .orderBy("flow.id")
    .execute();
}

/** Of these flows, those whose published version starts without feedback. */
export async function startedOtherwise(reader: Reader, flowIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select flow.id from flow join flow_version on flow_version.id = flow.version_id
    where flow.id = any(${[...flowIds]}::uuid[])
      and jsonb_path_exists(flow_version.document, '$.nodes[*] ? (@.type == "trigger").config.start')`.execute(reader);
  return rows.map(({ id }) => id);
}

export async function findFlow(reader: Reader, workspaceId: string, flowId: string): Promise<FlowRow | undefined> {
  const query = reader.withTables<FlowTables>().selectFrom("flow").selectAll().where("workspace_id", "=", workspaceId);
  return query.where("id", "=", flowId).where("deleted_at", "is", null).executeTakeFirst();
}

export async function lockFlow(tx: Tx, workspaceId: string, flowId: string): Promise<FlowRow | undefined> {
  const query = tx.withTables<FlowTables>().selectFrom("flow").selectAll().where("workspace_id", "=", workspaceId);
  return query.where("id", "=", flowId).where("deleted_at", "is", null).forUpdate().executeTakeFirst();
}

/** Who saves a draft: a member by their own session, and whose hand it is, which a token has, too. */
export interface Saver {
  readonly memberId: string | null;
  readonly hand: string | null;
}

export async function insertFlow(
  tx: Tx,
  flow: { id: string; workspaceId: string; name: string; draft: FlowDraft; now: Date } & Saver,
): Promise<void> {
  await tx
    .withTables<FlowTables>()
    .insertInto("flow")
    .values({
      id: flow.id,
      workspace_id: flow.workspaceId,
      name: flow.name,
      state: "draft",
      draft: JSON.stringify(flow.draft),
      draft_revision: 0,
      draft_saved_at: flow.now,
      draft_saved_by: flow.memberId,
      draft_editors: flow.memberId ? [flow.memberId] : [],
      draft_hand: flow.hand,
      version_id: null,
      version_number: null,
      published_revision: null,
      created_at: flow.now,
      deleted_at: null,
    })
    .execute();
}

export async function updateFlow(
  tx: Tx,
  flowId: string,
  change: Partial<
    Pick<
      FlowRow,
      "name" | "state" | "version_id" | "version_number" | "published_revision" | "deleted_at" | "draft_editors"
    >
  >,
): Promise<void> {
  await tx.withTables<FlowTables>().updateTable("flow").set(change).where("id", "=", flowId).execute();
}

export async function saveDraft(
  tx: Tx,
  flow: FlowRow,
  { draft, memberId, hand, now }: { draft: FlowDraft; now: Date } & Saver,
): Promise<void> {
  const editors = memberId ? [...new Set([...flow.draft_editors, memberId])] : flow.draft_editors;
  await tx
    .withTables<FlowTables>()
    .updateTable("flow")
    .set({
      draft: JSON.stringify(draft),
      draft_revision: flow.draft_revision + 1,
      draft_saved_at: now,
      draft_saved_by: memberId,
      draft_editors: editors,
      // Who saves what is there already has changed nothing.
      draft_hand: isSameJson(flow.draft, draft) ? flow.draft_hand : hand,
    })
    .where("id", "=", flow.id)
    .execute();
}

export async function insertVersion(
  tx: Tx,
  version: {
    id: string;
    flow: FlowRow;
    number: number;
    document: PublishedFlow;
    layout: Record<string, { x: number; y: number }>;
    drawn: object;
    hash: string;
    note: string | null;
    overrideReason: string | null;
    publishedBy: string | null;
    now: Date;
  },
): Promise<void> {
  await tx
    .withTables<FlowTables>()
    .insertInto("flow_version")
    .values({
      id: version.id,
      flow_id: version.flow.id,
      workspace_id: version.flow.workspace_id,
      number: version.number,
      document: JSON.stringify(version.document),
      layout: JSON.stringify(version.layout),
      drawn: JSON.stringify(version.drawn),
      hash: version.hash,
      note: version.note,
      override_reason: version.overrideReason,
      editors: version.flow.draft_editors,
      published_by: version.publishedBy,
      published_at: version.now,
    })
    .execute();
}

/** What is published changed: events from here on are matched anew. */
export async function movePublishEpoch(tx: Tx, workspaceId: string): Promise<void> {
  await sql`update workspace set publish_epoch = publish_epoch + 1 where id = ${workspaceId}`.execute(tx);
}

/** What runs, and where its steps stood. */
export async function findVersion(reader: Reader, versionId: string) {
  return reader
    .withTables<FlowTables>()
    .selectFrom("flow_version")
    .select(["id", "number", "document", "layout"])
    .where("id", "=", versionId)
    .executeTakeFirst();
}

export interface RunCount {
  readonly flowId: string;
  readonly state: string;
  readonly n: number;
}

/** Runs within reach. The flows are known to be the workspace's own. */
export const countRuns = (reader: Reader, flowIds: readonly string[], seer: Seer): Promise<RunCount[]> => {
  const seen = hasRowRules(seer.reach) ? reachWhere(seer, RUNS) : null;
  return seen === null ? countAll(reader, flowIds) : countSeen(reader, flowIds, seen);
};

/** In the order of the index of flow and state, so that the index alone is counted. */
async function countAll(reader: Reader, flowIds: readonly string[]): Promise<RunCount[]> {
  const { rows } = await sql<RunCount>`
    select asked.id as "flowId", counted.state, counted.n from unnest(${[...flowIds]}::uuid[]) as asked (id)
    cross join lateral (
      select state, count(*) as n from (select state from run where flow_id = asked.id order by state, id desc) as own
      group by state
    ) as counted`.execute(reader);
  return rows;
}

/** Of so many of the newest of each state, each judged for itself by its keys: what is seen stands in no index. */
async function countSeen(reader: Reader, flowIds: readonly string[], seen: RawBuilder<boolean>): Promise<RunCount[]> {
  const { rows } = await sql<RunCount>`
    select asked.id as "flowId", states.state, (
      select count((select run.id from run
        join revision on revision.id = run.revision_id join response on response.id = run.response_id
        where run.id = newest.id and ${seen}))
      from (select id from run where flow_id = asked.id and run.state = states.state order by id desc
        limit ${COUNTED_AT_MOST}) as newest) as n
    from unnest(${[...flowIds]}::uuid[]) as asked (id)
    cross join unnest(${runStateSchema.options}::text[]) as states (state)`.execute(reader);
  return rows;
}
