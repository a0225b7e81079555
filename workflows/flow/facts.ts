import { z } from "zod";

/**
 * A run is its list of facts. Whatever evaluates an expression, a template, a clock, a zone or chance is evaluated once and
 * recorded here, so that folding the same facts gives the same state for ever. Facts hold ids, enums, times and clear values;
 * what may be personal stands in `sealed`, which the ledger stores encrypted.
 */

/** How runs end that another of their key came before. */
export const KEY_OUTCOMES = { passedOver: "skipped", replaced: "replaced" } as const;

/** Meaning of fact lists and documents; a change that folds differently gets the next number and keeps the old fold. */
export const SEMANTICS = 1;

const outputSchema = z.string().min(1).max(40);
const iso = z.iso.datetime();

const data = {
  started: z.object({ semantics: z.number().int(), responseId: z.string(), revisionId: z.string() }),
  /** A later revision of the same response arrived while the run was open. */
  revised: z.object({ revisionId: z.string() }),
  /** Condition, switch, split: the output that was taken. (Trigger, join, end and stop pass without a fact.) */
  chose: z.object({ output: outputSchema }),
  /** Set value; the values are sealed as `{values: {name: string}}`. */
  set: z.object({ names: z.array(z.string()) }),
  waits: z.object({ until: iso }),
  woke: z.object({}),
  /** An effect was rendered and stored; from here on the ledger knows it by `effectId`. */
  planned: z.object({
    slot: z.string(),
    iteration: z.number().int().min(0),
    effectId: z.string(),
    action: z.string(),
    retryUntil: iso,
    /** Closing effects (a card's decision) do not hold up their node, only the end of the run. */
    closing: z.boolean(),
  }),
  /** Sealed: `{output: {...}}` with what later steps read, or `{message}` of the remote system. */
  settled: z.object({
    slot: z.string(),
    iteration: z.number().int().min(0),
    effectId: z.string(),
    state: z.enum(["done", "failed", "ambiguous"]),
    code: z.string().nullable(),
    externalId: z.string().nullable(),
    url: z.string().nullable(),
    /** Clear outputs of the action. */
    output: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  /** Sealed: `{title, text}` as worded for the approvers. */
  asked: z.object({ approvalId: z.string(), expiresAt: iso }),
  /** Sealed: `{name, reason}` of whoever decided. `by` is a member or person id. */
  decided: z.object({
    approvalId: z.string(),
    output: z.enum(["approved", "rejected", "expired"]),
    by: z.string().nullable(),
  }),
  /** The step could not be evaluated or rendered; sealed: `{message}`. Never "false". */
  stuck: z.object({ code: z.string(), field: z.string().nullable() }),
  /** A person asked for another try; sealed: `{input}` when the request was changed. */
  retried: z.object({ slot: z.string(), iteration: z.number().int().min(1), by: z.string() }),
  /** A person asked to look again for an effect in doubt: it is open again, and looked up before anything of it is sent. */
  reopened: z.object({
    slot: z.string(),
    iteration: z.number().int().min(0),
    effectId: z.string(),
    retryUntil: iso,
    by: z.string(),
  }),
  /** A person went past the step; sealed: `{output}`. */
  skipped: z.object({ by: z.string(), output: outputSchema }),
  /** `replacedBy`: no person, but a newer run of the same key (then `by` is that run too). */
  cancelled: z.object({ by: z.string(), replacedBy: z.string().optional() }),
  /** The run was never begun, because an older one of the same key was open. */
  passedOver: z.object({ runId: z.string() }),
  finished: z.object({ outcome: z.string() }),
  erased: z.object({}),
} as const;

export type FactKind = keyof typeof data;
export type FactData<Kind extends FactKind> = z.infer<(typeof data)[Kind]>;
export const factDataSchemas = data;

/** Facts about one node name it; facts about the run have null. */
export type NewFact = {
  [Kind in FactKind]: {
    readonly kind: Kind;
    readonly nodeId: string | null;
    readonly data: FactData<Kind>;
    /** Opened by the ledger; absent where the fact kind has none, or the key is gone. */
    readonly sealed?: Readonly<Record<string, unknown>>;
  };
}[FactKind];

export type FactOf<Kind extends FactKind> = {
  [K in Kind]: Extract<NewFact, { kind: K }> & { readonly seq: number; readonly at: string };
}[Kind];
export type Fact = FactOf<FactKind>;
