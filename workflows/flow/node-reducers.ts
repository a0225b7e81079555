import type { FactKind, FactOf } from "./facts.js";
import type { EffectRecord, NodeRecord } from "./node-record.js";

export interface NodePlace {
  readonly hasOutput: (name: string) => boolean;
  /** Whether an edge leads on from there. */
  readonly isConnected: (name: string) => boolean;
  /** The run was cancelled or stopped: what settles now is noted, and leads nowhere. */
  readonly closed: boolean;
}

export type NodeReducer<Kind extends FactKind> = (record: NodeRecord, fact: FactOf<Kind>, place: NodePlace) => void;

/** One fact applied to the record of its node; a fact that does not fit leaves it as it is. */
export const nodeReducers: { readonly [Kind in FactKind]?: NodeReducer<Kind> } = {
  chose: (record, { data }, place) => {
    if (record.todo) settle(record, data.output, "done", place);
  },
  set: (record, { sealed }, place) => {
    if (!record.todo || place.closed) return;
    record.values = recordIn(sealed, "values");
    settle(record, "next", "done", place);
  },
  waits: (record, { data }, { closed }) => {
    if (!record.todo || closed) return;
    record.until = data.until;
    record.todo = null;
  },
  woke: (record, _fact, place) => {
    if (record.until !== null) settle(record, "next", "done", place);
  },
  asked: (record, { data, sealed }, { closed }) => {
    if (!record.todo || closed) return;
    record.asked = { ...data, title: textIn(sealed, "title"), text: textIn(sealed, "text") };
    record.todo = null;
  },
  decided: (record, { data, at, sealed }, place) => {
    if (record.asked?.approvalId !== data.approvalId || !isOpen(record, place)) return;
    const reason = sealed?.["reason"];
    // People are shown names; the id stands in the clear part, for when the name is sealed away or erased.
    const by = textIn(sealed, "name") || data.by;
    record.decision = { output: data.output, by, at, reason: typeof reason === "string" ? reason : null };
    settle(record, data.output, "done", place);
  },
  planned: plan,
  settled: settleEffect,
  stuck: (record, { data }, place) => {
    if (!isOpen(record, place)) record.closingGivenUp = true;
    else if (record.todo) block(record, { ...record.todo, ...data, inDoubt: false });
  },
  retried: (record, { data, sealed }, place) => {
    const { stuck } = record;
    if (!stuck || stuck.inDoubt || !isOpen(record, place)) return;
    if (stuck.slot !== data.slot || data.iteration !== stuck.iteration + 1) return;
    record.stuck = null;
    record.todo = { slot: data.slot, iteration: data.iteration };
    record.iteration = data.iteration;
    record.replacedInput = sealed?.["input"] === undefined ? null : recordIn(sealed, "input");
  },
  reopened: reopen,
  skipped: (record, { data, sealed }, place) => {
    if (!record.stuck) return;
    record.skippedOutput = recordIn(sealed, "output");
    settle(record, data.output, "skipped", place);
  },
};

function plan(record: NodeRecord, { data }: FactOf<"planned">, place: NodePlace): void {
  const { slot, iteration, effectId, closing } = data;
  const known = record.effects.some((effect) => effect.slot === slot && effect.iteration === iteration);
  if (known || (!closing && !isOpen(record, place))) return;
  const planned = { slot, iteration, effectId, closing, state: "open", code: null, output: {}, message: null } as const;
  record.effects = [...record.effects, planned];
  if (!closing) record.todo = null;
}

function settleEffect(record: NodeRecord, { data, sealed }: FactOf<"settled">, place: NodePlace): void {
  const effect = record.effects.find(({ effectId }) => effectId === data.effectId);
  // "Done" never changes; a doubt may still turn out done or failed.
  if (!effect || effect.state === "done") return;
  const settled: EffectRecord = {
    ...effect,
    state: data.state,
    code: data.code,
    output: { ...data.output, ...recordIn(sealed, "output") },
    message: textIn(sealed, "message") || null,
  };
  record.effects = record.effects.map((other) => (other === effect ? settled : other));
  if (!effect.closing && isOpen(record, place) && isLatest(record, effect)) follow[data.state](record, settled, place);
}

/** Only a doubt opens again; what became of it meanwhile stays. */
function reopen(record: NodeRecord, { data }: FactOf<"reopened">): void {
  const effect = record.effects.find(({ effectId }) => effectId === data.effectId);
  if (effect?.state !== "ambiguous") return;
  const opened: EffectRecord = { ...effect, state: "open", code: null, message: null };
  record.effects = record.effects.map((other) => (other === effect ? opened : other));
  const { stuck } = record;
  if (stuck?.inDoubt && stuck.slot === effect.slot && stuck.iteration === effect.iteration) record.stuck = null;
}

type Follow = (record: NodeRecord, effect: EffectRecord, place: NodePlace) => void;

const blockedBy =
  (inDoubt: boolean): Follow =>
  (record, { code, slot, iteration }) =>
    block(record, { code: code ?? (inDoubt ? "in_doubt" : "failed"), field: null, inDoubt, slot, iteration });

/** What a settled effect means for its step. Slot "main" is the step's own deed; another slot (a card) only serves it. */
const follow: Readonly<Record<"done" | "failed" | "ambiguous", Follow>> = {
  done: (record, { slot }, place) => {
    record.stuck = null;
    if (slot === "main") settle(record, "next", "done", place);
  },
  failed: (record, effect, place) => {
    const wayOut = effect.slot === "main" && place.isConnected("failure");
    if (wayOut) settle(record, "failure", "failed", place);
    else blockedBy(false)(record, effect, place);
  },
  ambiguous: blockedBy(true),
};

const isOpen = (record: NodeRecord, { closed }: NodePlace): boolean => record.output === null && !closed;

const isLatest = (record: NodeRecord, { slot, iteration }: EffectRecord): boolean =>
  record.todo?.slot !== slot && record.effects.every((other) => other.slot !== slot || other.iteration <= iteration);

function block(record: NodeRecord, stuck: NonNullable<NodeRecord["stuck"]>): void {
  record.stuck = stuck;
  record.todo = null;
}

function settle(record: NodeRecord, output: string, how: NonNullable<NodeRecord["how"]>, place: NodePlace): void {
  if (!isOpen(record, place) || !place.hasOutput(output)) return;
  record.output = output;
  record.how = how;
  record.todo = null;
  record.stuck = null;
}

type Sealed = Readonly<Record<string, unknown>> | undefined;

function recordIn(sealed: Sealed, key: string): Readonly<Record<string, unknown>> {
  const value = sealed?.[key];
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function textIn(sealed: Sealed, key: string): string {
  const value = sealed?.[key];
  return typeof value === "string" ? value : "";
}
