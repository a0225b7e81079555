import { createHash } from "node:crypto";
import type { Catalogue } from "../../workflows/flow/catalogue.js";
import { emptyDraft } from "../../workflows/flow/draft.js";
import { canonicalJson } from "../../workflows/flow/canonical-json.js";
import { publish, type Publication } from "../../workflows/flow/publish.js";
import { flowDraftSchema, type FlowDraft } from "../../workflows/flow/schema.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { auditHourly } from "../audit/audit-hourly.js";
import { auditBy } from "../audit/audit.js";
import type { AuditAction } from "../audit/audit-api.js";
import type { Reader, Tx } from "../db/database.js";
import { conflict, notFound, unprocessable } from "../errors.js";
import type { Actor, ResourceKind } from "../http/route.js";
import { authorize, within } from "../members/authorize.js";
import { memberBehind } from "../members/member-behind.js";
import type { KeepPen } from "../presence/presence-service.js";
import { hasFourEyes } from "../settings/settings.js";
import type { TestResult } from "../tries/flow-test-api.js";
import { refuseOwnChange, type Hands } from "./four-eyes.js";
import * as store from "./flow-store.js";

/** What of the workspace a flow may name. */
export interface WorkspaceParts {
  readonly catalogue: Catalogue;
  readonly connectionIds: readonly string[];
  readonly sourceIds: readonly string[];
  readonly employeeSourceIds: readonly string[];
  /** There are other sources, which the actor does not see. */
  readonly onlyThese?: boolean;
}

export interface FlowServiceDependencies {
  readonly partsOf: (reader: Reader, workspaceId: string) => Promise<WorkspaceParts>;
  /** The flow's own tests, run on its saved draft. */
  readonly runTests: (
    reader: Reader,
    actor: Actor,
    flow: { readonly flowId: string },
  ) => Promise<readonly TestResult[]>;
}

/** Who stands in lists of editors: members do, tokens do not. */
const memberIdOf = (actor: Actor): string | null => (actor.kind === "member" ? actor.id : null);

const saverOf = async (tx: Tx, actor: Actor): Promise<store.Saver> => ({
  memberId: memberIdOf(actor),
  hand: await memberBehind(tx, actor),
});

/** Whose eyes the draft still needs, for this actor. */
export const handsOn = async (reader: Reader, actor: Actor, flow: store.FlowRow): Promise<Hands> => ({
  isOn: await hasFourEyes(reader, actor.workspaceId),
  lastChange: flow.draft_hand,
  publisher: await memberBehind(reader, actor),
});

export function createFlowService({ partsOf, runTests }: FlowServiceDependencies) {
  const check = async (reader: Reader, actor: Actor, draft: FlowDraft): Promise<Publication> =>
    publish(draft, withinReach(actor, await partsOf(reader, actor.workspaceId)));
  return { check, ...drafts, publish: publisher(check, runTests), ...states };
}

/** A flow that names what its publisher cannot reach would reach it for them. */
function withinReach(actor: Actor, parts: WorkspaceParts): WorkspaceParts {
  const reached = (kind: ResourceKind, ids: readonly string[]): readonly string[] => {
    const only = within(actor, kind);
    return only === null ? ids : ids.filter((id) => only.includes(id));
  };
  return {
    catalogue: parts.catalogue,
    connectionIds: reached("connection", parts.connectionIds),
    sourceIds: reached("source", parts.sourceIds),
    employeeSourceIds: reached("source", parts.employeeSourceIds),
    onlyThese: within(actor, "source") !== null,
  };
}

async function locked(tx: Tx, actor: Actor, flowId: string): Promise<store.FlowRow> {
  const flow = await store.lockFlow(tx, actor.workspaceId, flowId);
  if (!flow) throw notFound("flow");
  return flow;
}

const record = (tx: Tx, actor: Actor, flowId: string, action: AuditAction): Promise<void> =>
  auditBy(tx, actor, { action, target: { kind: "flow", id: flowId } });

const drafts = {
  async create(
    tx: Tx,
    actor: Actor,
    { name, draft }: { name: string; draft?: FlowDraft | undefined },
  ): Promise<string> {
    authorize(actor, "flows:edit", { kind: "flow", id: null });
    const id = uuidv7();
    const { workspaceId } = actor;
    const saver = await saverOf(tx, actor);
    await store.insertFlow(tx, { id, workspaceId, name, draft: draft ?? emptyDraft(), ...saver, now: new Date() });
    await record(tx, actor, id, "flow.created");
    return id;
  },

  async rename(tx: Tx, actor: Actor, { flowId, name }: { flowId: string; name: string }): Promise<void> {
    await locked(tx, actor, flowId);
    await store.updateFlow(tx, flowId, { name });
    await record(tx, actor, flowId, "flow.renamed");
  },

  /** Its open runs go on; it takes no new responses. */
  async remove(tx: Tx, actor: Actor, flowId: string): Promise<void> {
    await locked(tx, actor, flowId);
    await store.updateFlow(tx, flowId, { deleted_at: new Date() });
    await store.movePublishEpoch(tx, actor.workspaceId);
    await record(tx, actor, flowId, "flow.deleted");
  },

  async saveDraft(
    tx: Tx,
    actor: Actor,
    {
      flowId,
      draft,
      revision,
      tabId,
    }: { flowId: string; draft: FlowDraft; revision: number; tabId?: string | undefined },
    keepPen: KeepPen,
  ): Promise<{ revision: number; savedAt: Date; isWatched: boolean }> {
    const flow = await locked(tx, actor, flowId);
    const isWatched = await keepPen(tx, actor, { flowId, tabId });
    if (flow.draft_revision !== revision) throw draftConflict(flow);
    const now = new Date();
    await store.saveDraft(tx, flow, { draft, ...(await saverOf(tx, actor)), now });
    await auditHourly(tx, actor, { action: "flow.draft_saved", target: { kind: "flow", id: flowId } });
    return { revision: flow.draft_revision + 1, savedAt: now, isWatched };
  },
};

type Check = (reader: Reader, actor: Actor, draft: FlowDraft) => Promise<Publication>;

export interface ToPublish {
  readonly flowId: string;
  readonly revision: number;
  readonly note?: string | undefined;
  /** Why it is published although tests of it fail. */
  readonly overrideReason?: string | undefined;
  /** The failed tests that it is for. */
  readonly overrideTests?: readonly string[] | undefined;
}

const publisher =
  (check: Check, runTests: FlowServiceDependencies["runTests"]) =>
  async (
    tx: Tx,
    actor: Actor,
    { flowId, revision, note, ...override }: ToPublish,
  ): Promise<{ version: number; versionId: string }> => {
    const flow = await locked(tx, actor, flowId);
    if (flow.draft_revision !== revision) throw draftConflict(flow);
    refuseOwnChange(await handsOn(tx, actor, flow));
    const draft = flowDraftSchema.parse(flow.draft);
    const publication = await check(tx, actor, draft);
    if (!publication.ok) throw notPublishable(publication);
    const tested = judgeTests(await runTests(tx, actor, { flowId }), override);
    const version = {
      id: uuidv7(),
      flow,
      number: (flow.version_number ?? 0) + 1,
      document: publication.flow,
      layout: Object.fromEntries(draft.nodes.map(({ id, position }) => [id, position])),
      drawn: flow.draft,
      hash: createHash("sha256").update(canonicalJson(publication.flow)).digest("hex"),
      note: note ?? null,
      overrideReason: tested.overrideReason,
      publishedBy: memberIdOf(actor),
      now: new Date(),
    };
    await store.insertVersion(tx, version);
    await store.updateFlow(tx, flowId, {
      // A paused flow stays paused: publishing is not resuming.
      state: flow.state === "draft" ? "live" : flow.state,
      version_id: version.id,
      version_number: version.number,
      published_revision: flow.draft_revision,
      draft_editors: [],
    });
    await store.movePublishEpoch(tx, actor.workspaceId);
    await record(tx, actor, flowId, "flow.published");
    if (tested.overrideReason !== null)
      await overridden(tx, actor, { flowId, version: version.number, failed: tested.failed });
    return { version: version.number, versionId: version.id };
  };

/** Throws where tests fail and nobody says of each why that is right; a reason is kept only where one was needed. */
function judgeTests(
  tests: readonly TestResult[],
  { overrideReason, overrideTests = [] }: Pick<ToPublish, "overrideReason" | "overrideTests">,
) {
  const failed = tests.filter(({ differences }) => differences.length > 0);
  if (failed.length === 0) return { failed: 0, overrideReason: null };
  const isMeant = failed.every(({ id }) => overrideTests.includes(id));
  if (overrideReason === undefined || !isMeant) throw testsFailed(failed);
  return { failed: failed.length, overrideReason };
}

/** The reason stands with the version: people's own words are none of the audit's. */
const overridden = (
  tx: Tx,
  actor: Actor,
  { flowId, ...data }: { flowId: string; version: number; failed: number },
): Promise<void> => auditBy(tx, actor, { action: "flow.tests_overridden", target: { kind: "flow", id: flowId }, data });

async function setState(
  tx: Tx,
  actor: Actor,
  { flowId, state }: { flowId: string; state: "live" | "paused" },
): Promise<void> {
  const flow = await locked(tx, actor, flowId);
  if (!flow.version_id) throw notPublished();
  if (flow.state === state) return;
  await store.updateFlow(tx, flowId, { state });
  await store.movePublishEpoch(tx, actor.workspaceId);
  await record(tx, actor, flowId, state === "live" ? "flow.resumed" : "flow.paused");
}

const states = {
  pause: (tx: Tx, actor: Actor, flowId: string) => setState(tx, actor, { flowId, state: "paused" }),
  resume: (tx: Tx, actor: Actor, flowId: string) => setState(tx, actor, { flowId, state: "live" }),
  unpublish,
};

/** Its versions stay, and the next is numbered after them; a draft is what there is of it from now on. */
async function unpublish(tx: Tx, actor: Actor, flowId: string): Promise<void> {
  const flow = await locked(tx, actor, flowId);
  if (!flow.version_id) throw notPublished();
  await store.updateFlow(tx, flowId, { state: "draft", version_id: null, published_revision: null });
  await store.movePublishEpoch(tx, actor.workspaceId);
  await record(tx, actor, flowId, "flow.unpublished");
}

export type FlowService = ReturnType<typeof createFlowService>;

const notPublished = () => conflict("not_published", "Publish this flow first.");

export const draftConflict = (flow: store.FlowRow) =>
  conflict(
    "draft_conflict",
    "Somebody saved this flow in the meantime. In the editor, close this: you are asked whose draft stays. A program reads the draft again and sends its revision.",
    { revision: flow.draft_revision, savedAt: flow.draft_saved_at.toISOString() },
  );

const testsFailed = (tests: readonly TestResult[]) =>
  unprocessable(
    "flow_tests_failed",
    `${tests.length} tests of this flow fail. Mend it or them, or publish it with a reason (overrideReason) and the ids of those that it is for (overrideTests).`,
    { tests },
  );

export const NOT_PUBLISHABLE = "flow_not_publishable";

export const notPublishable = ({ problems }: Extract<Publication, { ok: false }>) =>
  unprocessable(
    NOT_PUBLISHABLE,
    problems.length === 1
      ? "1 thing keeps this flow from running."
      : `${problems.length} things keep this flow from running.`,
    { problems },
  );
