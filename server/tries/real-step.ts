import { canonicalJson } from "../../workflows/flow/canonical-json.js";
import { oneStepOf } from "../../workflows/flow/try/one-step.js";
import { examplesRead } from "../../workflows/flow/try/taken-for.js";
import { transact } from "../../workflows/ledger/transact.js";
import { uuidv7 } from "../../workflows/ledger/uuid.js";
import type { Tx } from "../db/database.js";
import { conflict, notFound, unprocessable } from "../errors.js";
import { refuseOwnChange } from "../flows/four-eyes.js";
import { draftConflict, handsOn } from "../flows/flow-service.js";
import { lockFlow, type FlowRow } from "../flows/flow-store.js";
import type { Actor } from "../http/route.js";
import { refuseOutOfReach } from "../starts/within-starts.js";
import { beginStep, type ReadyStep } from "./begin-step.js";
import type { RealStep, RealStepAsked } from "./real-step-api.js";
import type { RealStepDependencies } from "./real-step-dependencies.js";
import { earlierStep, stepNumber } from "./real-step-store.js";
import { NO_RUN } from "./try-event.js";
import { tryDraft, type RehearsedEffect, type WholeTry } from "./try-service.js";

/**
 * One step of a draft, done for real: tried once more, held against what was shown, and handed to the ledger as a run of its own. What sends
 * it, repeats it, looks for it after a crash and tells of it is what does so for every run (decision 0036).
 */
export async function doRealStep(own: RealStepDependencies, actor: Actor, asked: RealStepAsked): Promise<RealStep> {
  const step = await transact(own.db, (tx) => doIn(tx, own, actor, asked));
  if (!step.duplicate && step.runId) own.onRunQueued(actor.workspaceId, step.runId);
  return step;
}

async function doIn(tx: Tx, own: RealStepDependencies, actor: Actor, asked: RealStepAsked): Promise<RealStep> {
  const { workspaceId } = actor;
  // Two clicks with one key come one after the other: the second finds what the first stored.
  const flow = await lockFlow(tx, workspaceId, asked.flowId);
  if (!flow) throw notFound("flow");
  const number = stepNumber(asked.key);
  const hash = await own.vault.blind(tx, workspaceId, `step|${actor.id}|${canonicalJson(asked)}`);
  const earlier = await earlierStep(tx, { flowId: flow.id, number });
  if (earlier && !earlier.askedHash?.equals(hash)) throw usedOtherwise(earlier.runId);
  if (earlier) return { runId: earlier.runId, duplicate: true };
  await refuseNotTheirs(tx, actor, flow, asked);
  const ready = await readyStep(tx, own, actor, asked);
  await beginStep(tx, own, { ...ready, actor, asked, flow, number, hash });
  return { runId: ready.runId, duplicate: false };
}

/** Whoever may not publish this draft may not do a step of it either: it is the same deed, only smaller. */
async function refuseNotTheirs(tx: Tx, actor: Actor, flow: FlowRow, asked: RealStepAsked): Promise<void> {
  if (flow.draft_revision !== asked.revision) throw draftConflict(flow);
  refuseOwnChange(await handsOn(tx, actor, flow));
  if (asked.event.kind !== "past") refuseOutOfReach(actor, flow.id);
  const age = Date.now() - Date.parse(asked.at);
  if (age > OLDEST_MS || age < -CLOCKS_APART_MS) throw tooOld();
}

const OLDEST_MS = 3_600_000;
const CLOCKS_APART_MS = 60_000;

/** What would be sent now, by the same interpreter and for the run that it gets. */
async function readyStep(tx: Tx, own: RealStepDependencies, actor: Actor, asked: RealStepAsked): Promise<ReadyStep> {
  const { flowId, event, pins, nodeId } = asked;
  const runId = uuidv7();
  const tried = await tryDraft(tx, own, { actor, flowId, event, pins, now: new Date(asked.at), runId });
  const document = oneStepOf(tried.flow, nodeId);
  if (!document) throw notAnAction();
  if (tried.tryable.context.feedback["domain"] === "employee") throw ofEmployee();
  const effect = plannedIn(tried, nodeId);
  refuseMadeUp(tried, nodeId);
  refuseHeld(effect);
  refuseChanged(effect, asked, runId);
  return { runId, document, effect: effect.effect, tried };
}

function plannedIn({ effects }: WholeTry, nodeId: string): RehearsedEffect {
  const planned = effects.find(({ effect }) => effect.nodeId === nodeId);
  if (!planned)
    throw conflict(
      "step_not_reached",
      "This step is not reached by this event, so it does nothing. Choose an event that comes here, or pin what the steps before it answer.",
    );
  return planned;
}

/** What a try only takes for granted may be somebody's real ticket. */
function refuseMadeUp(tried: WholeTry, nodeId: string): void {
  const examples = examplesRead(tried, nodeId);
  if (examples.length > 0) throw readsExample(examples);
}

function refuseHeld({ connection, rehearsed }: RehearsedEffect): void {
  if (!connection)
    throw unprocessable(
      "step_without_connection",
      "Only a step with a connection is done for real. Choose a connection in the step's form.",
    );
  if (connection.state !== "ok")
    throw conflict(
      "step_connection_held",
      `“${connection.name}” is paused or broken, so nothing is sent by it. Resume or mend it under Connections, then press again.`,
    );
  if (rehearsed.kind === "refused") throw unprocessable("step_refused", rehearsed.message);
}

/** The run that texts name was none when it was shown. */
function refuseChanged(
  { effect, connection, rehearsed }: RehearsedEffect,
  { shown }: RealStepAsked,
  runId: string,
): void {
  const now = {
    ...{ connectionId: connection?.id, input: effect.input },
    url: rehearsed.kind === "request" ? rehearsed.request.url : "",
  };
  const asShown = canonicalJson(JSON.parse(JSON.stringify(now).replaceAll(runId, NO_RUN)));
  if (asShown !== canonicalJson(shown))
    throw conflict(
      "step_changed",
      "What would be sent is not what you were shown any more. Try again, and look again.",
    );
}

const readsExample = (steps: readonly string[]) =>
  unprocessable(
    "step_reads_example",
    `It would send what ${steps.join(", ")} is only taken to answer. Pin what the step before it answers, or do that step for real first, then try again.`,
    { steps },
  );
const notAnAction = () => unprocessable("step_not_action", "Only an action is done for real by itself.");
const ofEmployee = () =>
  unprocessable("step_of_employee", "What employees say is shown in groups, so nothing is done for one of them alone.");
const tooOld = () =>
  conflict("step_shown_long_ago", "This was tried more than an hour ago. Try again, and look again.");
const usedOtherwise = (runId: string | null) =>
  conflict(
    "step_key_used",
    "This was asked for before, a little different, and that was done: look at its run. To do this too, ask once more, with a new key.",
    { runId },
  );
