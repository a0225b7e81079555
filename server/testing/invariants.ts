import { expect } from "vitest";
import type { Sandbox } from "../../integrations/sandbox/index.js";
import type { Db } from "../db/database.js";
import { approvals, effects, factsOf, quarantined, revisions, runsOf } from "./ledger-views.js";
import type { Posted } from "./product-front.js";

export interface Checked {
  readonly db: Db;
  readonly sandbox: Sandbox;
}

/**
 * The four invariants that hold after whatever happened, once all is at rest. I1: every acknowledged event is there, with its runs
 * or a visible dead letter. I2: each effect took place once, or is visibly in doubt. I3: no effect without a run of a stored event.
 * I4: one decision for each approval, and it is the one that the run acted on.
 */
export async function checkInvariants(product: Checked, posted: readonly Posted[]): Promise<void> {
  expect(await everyAcknowledgedEventIsThere(product.db, posted), "I1").toEqual([]);
  expect(await everyEffectOnceOrInDoubt(product), "I2").toEqual([]);
  expect(await everyEffectHasItsEvent(product), "I3").toEqual([]);
  expect(await oneDecisionEach(product.db), "I4").toEqual([]);
}

async function everyAcknowledgedEventIsThere(db: Db, posted: readonly Posted[]): Promise<string[]> {
  const events = new Map((await revisions(db)).map((row) => [row.id, row.outcome]));
  const held = new Set((await quarantined(db)).map(({ id }) => id));
  const runs = new Set((await runsOf(db)).map(({ id }) => id));
  return posted
    .filter(({ status }) => status !== null && status < 300)
    .flatMap(({ eventId, runIds }) => {
      if (eventId === null) return ["an answer 2xx without an event"];
      if (held.has(eventId)) return [];
      if (!events.has(eventId)) return [`event ${eventId} was acknowledged and is not stored`];
      if (events.get(eventId) === "matched" && runIds.length === 0) return [`event ${eventId} matched and has no run`];
      return runIds.filter((id) => !runs.has(id)).map((id) => `run ${id} was promised and is not there`);
    });
}

/** Writing a decision on a card again is no second effect: the card is the same record. */
const CHANGES_A_RECORD = /^slack\.approvalDecision@/;

async function everyEffectOnceOrInDoubt({ db, sandbox }: Checked): Promise<string[]> {
  const runs = new Map((await runsOf(db)).map((run) => [run.id, run]));
  return (await effects(db)).flatMap((effect) => {
    const { action } = effect;
    const run = runs.get(effect.owner_id);
    const problem = problems[effect.state]({ action, run, took: sandbox.effects(effect.key).effects });
    return problem === null ? [] : [`effect ${effect.action} (${effect.id}, ${effect.state}) ${problem}`];
  });
}

type Effect = Awaited<ReturnType<typeof effects>>[number];
type Run = Awaited<ReturnType<typeof runsOf>>[number];

interface Case {
  readonly action: string;
  readonly run: Run | undefined;
  /** How often the outside saw it. */
  readonly took: number;
}

/** What is wrong with an effect in each state. */
const problems: Readonly<Record<Effect["state"], (one: Case) => string | null>> = {
  ambiguous: ({ run }) => (run && !isShown(run) ? `is in doubt and its run does not show it: ${run.state}` : null),
  intent: () => "is not at rest",
  sending: () => "is not at rest",
  failed: ({ took }) => (took === 0 ? null : "took place"),
  done: ({ took, action }) => {
    if (took > 1) return `took place ${took} times`;
    return took === 1 || CHANGES_A_RECORD.test(action) ? null : "is said to be done and is not there";
  },
};

const isShown = ({ state, finished_at }: Run): boolean =>
  state === "stuck" || state === "cancelled" || finished_at !== null;

async function everyEffectHasItsEvent({ db, sandbox }: Checked): Promise<string[]> {
  const rows = await effects(db);
  const stored = new Set((await revisions(db)).map(({ id }) => id));
  const orphans = (await runsOf(db)).filter(({ revision_id }) => !stored.has(revision_id));
  const known = rows.filter(({ key }) => sandbox.effects(key).effects > 0).length;
  const seen = sandbox.effects().keys;
  return [
    ...orphans.map(({ id }) => `run ${id} has no stored event`),
    ...(seen === known ? [] : [`the outside saw ${seen} keys, the ledger knows ${known} of them`]),
  ];
}

async function oneDecisionEach(db: Db): Promise<string[]> {
  const decided = new Map<unknown, unknown[]>();
  for (const { data } of await factsOf(db, "decided")) {
    const { approvalId, output } = data as { approvalId?: unknown; output?: unknown };
    decided.set(approvalId, [...(decided.get(approvalId) ?? []), output]);
  }
  const over = new Set((await runsOf(db)).filter(({ finished_at }) => finished_at !== null).map(({ id }) => id));
  return (await approvals(db)).flatMap(({ id, run_id, state }) => {
    if (state === "pending" && over.has(run_id)) return [`approval ${id} still waits, and its run is over`];
    const outputs = decided.get(id) ?? [];
    const wanted = state === "pending" || state === "withdrawn" ? [] : [state];
    return JSON.stringify(outputs) === JSON.stringify(wanted)
      ? []
      : [`approval ${id} is ${state}, and its run was told ${JSON.stringify(outputs)}`];
  });
}
