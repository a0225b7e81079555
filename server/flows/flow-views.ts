import { readPublishedFlow } from "../../workflows/flow/publish.js";
import { flowDraftSchema } from "../../workflows/flow/schema.js";
import { triggerOf } from "../../workflows/flow/trigger-of.js";
import type { Reader } from "../db/database.js";
import { notFound } from "../errors.js";
import type { Seer } from "../members/reach-where.js";
import type { FlowDetail, FlowSummary, ListedFlow } from "./flow-api.js";
import * as store from "./flow-store.js";

/** Flows as pages show them. */
export async function flowSummaries(
  reader: Reader,
  which: Parameters<typeof store.listFlows>[1] & Seer,
): Promise<ListedFlow[]> {
  const flows = await store.listFlows(reader, which);
  const ids = flows.map(({ id }) => id);
  const counts = await store.countRuns(reader, ids, which);
  const startedOtherwise = new Set(await store.startedOtherwise(reader, ids));
  return flows.map((flow) => ({ ...summaryOf(flow, counts), startedByFeedback: !startedOtherwise.has(flow.id) }));
}

export async function flowDetail(
  reader: Reader,
  { flowId, ...seer }: Seer & { readonly flowId: string },
  memberName: (memberId: string) => Promise<string | null>,
): Promise<FlowDetail> {
  const flow = await store.findFlow(reader, seer.workspaceId, flowId);
  if (!flow) throw notFound("flow");
  const counts = await store.countRuns(reader, [flowId], seer);
  return {
    ...summaryOf(flow, counts),
    draft: flowDraftSchema.parse(flow.draft),
    draftRevision: flow.draft_revision,
    draftSavedBy: flow.draft_saved_by ? await memberName(flow.draft_saved_by) : null,
    start: await publishedStart(reader, flow),
  };
}

async function publishedStart(reader: Reader, { version_id: id }: store.FlowRow): Promise<FlowDetail["start"]> {
  const version = id === null ? undefined : await store.findVersion(reader, id);
  return version ? (triggerOf(readPublishedFlow(version.document))?.config.start ?? null) : null;
}

function summaryOf(flow: store.FlowRow, counts: readonly store.RunCount[]): FlowSummary {
  const of = (...states: string[]): number =>
    counts
      .filter(({ flowId, state }) => flowId === flow.id && states.includes(state))
      .reduce((sum, { n }) => sum + n, 0);
  return {
    id: flow.id,
    name: flow.name,
    state: flow.state,
    version: flow.version_number,
    updatedAt: flow.draft_saved_at.toISOString(),
    unpublishedChanges: flow.published_revision !== null && flow.published_revision !== flow.draft_revision,
    runs: {
      running: of("queued", "running"),
      waiting: of("waiting"),
      stuck: of("stuck"),
      finished: of("finished", "cancelled"),
    },
  };
}
