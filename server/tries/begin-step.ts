import type { PlannedEffect } from "../../workflows/flow/evaluation.js";
import { plannedFact } from "../../workflows/flow/planned-fact.js";
import type { PublishedFlow } from "../../workflows/flow/schema.js";
import { triggerOf } from "../../workflows/flow/trigger-of.js";
import { insertEffects } from "../../workflows/ledger/effect-store.js";
import { ownerOfRun } from "../../workflows/ledger/owner.js";
import { appendFacts, beginning, lockRun } from "../../workflows/ledger/run-store.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import { auditBy } from "../audit/audit.js";
import type { Tx } from "../db/database.js";
import { conflict } from "../errors.js";
import type { FlowRow } from "../flows/flow-store.js";
import type { Actor } from "../http/route.js";
import { startRuns } from "../ingest/start-runs.js";
import { eventOfStep } from "./real-step-event.js";
import { insertStepVersion } from "./real-step-store.js";
import type { RealStepAsked } from "./real-step-api.js";
import type { RealStepDependencies } from "./real-step-dependencies.js";
import type { WholeTry } from "./try-service.js";

/** A step as it is to be done. */
export interface ReadyStep {
  readonly runId: string;
  /** The flow of this one step. */
  readonly document: PublishedFlow;
  readonly effect: PlannedEffect;
  readonly tried: WholeTry;
}

interface Beginning extends ReadyStep {
  readonly actor: Actor;
  readonly asked: RealStepAsked;
  readonly flow: FlowRow;
  readonly number: number;
  readonly hash: Buffer;
}

/** A run whose only step is planned already, with what was shown: whoever drives runs sends it. */
export async function beginStep(tx: Tx, own: RealStepDependencies, step: Beginning): Promise<void> {
  const { actor, asked, runId, document } = step;
  const version = { id: uuidv7(), flow: step.flow, number: step.number, nodeId: asked.nodeId, askedHash: step.hash };
  const by = actor.kind === "member" ? actor.id : null;
  await insertStepVersion(tx, { ...version, document, runId, by });
  await startRun(tx, own, step, version.id);
  const run = await lockRun(tx, runId);
  if (!run) throw new Error("a run was started and is not there");
  const effect = { ...step.effect, effectId: uuidv7(), retryUntil: retryUntil(step) };
  await insertEffects(tx, own, [{ owner: ownerOfRun(run), effects: [effect] }]);
  await appendFacts(tx, own.sealer, run, { facts: [...beginning(run), plannedFact(effect)], dueAt: "now" });
  const data = { step: asked.nodeId, connection: effect.connectionId, run: runId };
  await auditBy(tx, actor, { action: "flow.step_done", target: { kind: "flow", id: step.flow.id }, data });
}

async function startRun(tx: Tx, own: RealStepDependencies, step: Beginning, versionId: string): Promise<void> {
  const { actor, asked, flow, number: ordinal, runId, document, tried } = step;
  const { workspaceId } = actor;
  const by = (await own.names(tx, [actor.id])).get(actor.id) ?? "";
  const event = { workspaceId, event: asked.event, tryable: tried.tryable, key: `${flow.id}:${asked.key}`, by };
  const placed = await eventOfStep(tx, own, event);
  if (!placed) throw conflict("erased", "The person behind this was erased; nothing is left to try.");
  const { purpose = "service" } = triggerOf(document)?.config ?? {};
  // By its ordinal, below those of its event's revisions, it is no run that the event starts by itself.
  const matched = [{ flowId: flow.id, versionId, runId, onEveryChange: true, purpose, flowKey: null }];
  const source = { id: placed.response.source_id };
  const [run] = await startRuns(tx, [{ ...placed, event: { workspaceId, source }, ordinal, matched }]);
  if (run?.id !== runId) throw new Error("a step was not given a run of its own");
}

/** As long as its author gave it, from now: since it was shown somebody looked at it. */
const retryUntil = ({ effect, tried }: ReadyStep): Date =>
  new Date(effect.retryUntil.getTime() - tried.now.getTime() + Date.now());
