import type { EffectView, RunDetail, StepView } from "../../server/runs/run-api.js";
import type { Step } from "../../workflows/flow/commands.js";
import { factDataSchemas, type Fact, type FactKind } from "../../workflows/flow/facts.js";
import { interpret } from "../../workflows/flow/interpreter.js";
import type { NodeRecord } from "../../workflows/flow/node-record.js";
import { readNode, type PublishedFlow } from "../../workflows/flow/schema.js";
import type { FactView } from "./fact-words.js";

/**
 * The run as it stood after its fact of this number: folded as the server folds it, from no more than the reader was shown. What a step gave
 * later steps is sealed in its facts, so it is taken from the run as it is now: it does not change once it is there.
 */
export function runAt(run: RunDetail, seq: number): RunDetail {
  const facts = run.facts.filter((fact) => fact.seq <= seq);
  const { folded, view } = interpret(flowOf(run), facts.map(readFact));
  const { steps, state, outcome } = view();
  const effects = effectsAt(run, facts);
  const stepAt = (now: StepView): StepView => {
    const step = steps[now.nodeId];
    if (!step) return now;
    return asStood({ now, step, record: folded.record(now.nodeId) }, { facts, effects });
  };
  return { ...run, state, outcome, effects, steps: run.steps.map(stepAt), heldBy: [], waitsFor: null };
}

const flowOf = ({ nodes, edges }: RunDetail): PublishedFlow => ({
  published: true,
  schemaVersion: 1,
  nodes: nodes.map(readNode),
  edges,
  actionSchemas: {},
});

/** That another run came first is told even where that run is not. */
const hidden = { runId: "" };

const isKind = (kind: string): kind is FactKind => kind in factDataSchemas;

/** Throws where the fact is of a kind that this page does not know, or holds less than its kind has. */
function readFact({ seq, at, kind, nodeId, data }: FactView): Fact {
  if (!isKind(kind)) throw new Error(`no fact is called ${kind}`);
  const read = factDataSchemas[kind].parse({ ...hidden, ...data });
  // The schema was chosen by `kind`, which the compiler cannot follow.
  return { seq, at, kind, nodeId, data: read } as Fact;
}

interface Stood {
  readonly now: StepView;
  readonly step: Step;
  readonly record: NodeRecord;
}
type Then = Pick<RunDetail, "facts" | "effects">;

function asStood({ now, step, record }: Stood, { facts, effects }: Then): StepView {
  const own = effects.filter(({ nodeId }) => nodeId === now.nodeId);
  return {
    ...now,
    ...timesIn(step, facts),
    state: step.state,
    output: step.output,
    attempts: own.reduce((sum, { attempts }) => sum + attempts.length, 0),
    values: step.output === null ? null : now.values,
    stuck: stuckView(step, own.at(-1)),
    waitsUntil: record.until ?? record.asked?.expiresAt ?? null,
  };
}

function timesIn({ nodeId, output }: Step, facts: readonly FactView[]): Pick<StepView, "startedAt" | "endedAt"> {
  const own = facts.filter((fact) => fact.nodeId === nodeId).map(({ at }) => at);
  return { startedAt: own[0] ?? null, endedAt: output === null ? null : (own.at(-1) ?? null) };
}

function stuckView({ stuck }: Step, effect: EffectView | undefined): StepView["stuck"] {
  if (!stuck) return null;
  const { code, field, inDoubt } = stuck;
  return { code, field, inDoubt, message: effect?.message ?? null };
}

/** Those that were planned by then, each with what was known of it. */
function effectsAt({ effects }: RunDetail, facts: readonly FactView[]): EffectView[] {
  const until = facts.at(-1)?.at ?? "";
  return effects.flatMap((effect) => {
    const own = facts.filter(({ data }) => data["effectId"] === effect.id);
    if (own.length === 0) return [];
    const attempts = effect.attempts.filter(({ startedAt }) => startedAt <= until);
    const settled = own.findLast(({ kind }) => kind === "settled" || kind === "reopened");
    return settled?.kind === "settled"
      ? [{ ...effect, state: stateIn(settled, effect), attempts }]
      : [{ ...effect, ...OPEN, attempts }];
  });
}

const OPEN = { state: "sending", code: null, message: null, url: null, externalId: null, nextTryAt: null } as const;

function stateIn({ data }: FactView, { state }: EffectView): EffectView["state"] {
  const then = data["state"];
  return then === "done" || then === "failed" || then === "ambiguous" ? then : state;
}

/** False where the facts tell nothing that this page could fold: they are of a later release, or kept from the reader. */
export function canGoBack(run: RunDetail): boolean {
  const last = run.facts.at(-1);
  if (!last || run.facts.length === 1) return false;
  try {
    runAt(run, last.seq);
    return true;
  } catch {
    return false;
  }
}
