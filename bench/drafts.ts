import type { DraftNode, FlowDraft } from "../workflows/flow/schema.js";
import { aNode, ways } from "../workflows/flow/testing/a-flow.js";

export interface NamedDraft {
  readonly name: string;
  readonly draft: FlowDraft;
}

type Row = readonly [field: string, operator: string, value: string | number];

/** What a trigger or a condition asks: every row. */
export const allOf = (...rows: readonly Row[]): object => ({
  match: "all",
  rows: rows.map(([field, operator, value]) => ({ field, operator, value })),
});

/** What the customer bought, which tells a bench's kinds of events apart. */
export const about = (bought: string): Row => ["feedback.product", "equals", bought];
export const BELOW_SIX: Row = ["feedback.score", "lessThan", 6];

/** A flow whose trigger takes what `when` says; null: everything. */
export const aFlowOf = (
  name: string,
  when: object | null,
  { nodes, edges }: { readonly nodes: readonly DraftNode[]; readonly edges: string },
): NamedDraft => ({
  name,
  draft: {
    schemaVersion: 1,
    retiredIds: [],
    nodes: [aNode("trigger", "start", { when }), ...nodes],
    edges: ways(edges),
  },
});

export const anEnd = (id: string, outcome = "done"): DraftNode => aNode("end", id, { outcome });

export interface CallOptions {
  readonly sinkUrl: string;
  readonly connectionId?: string | null;
  /** Whether the author says that the far end honours Idempotency-Key. */
  readonly honoured?: boolean;
}

/** One effect at the sink, named by the event and the step. */
export const aCall = (step: string, { sinkUrl, connectionId = null, honoured = false }: CallOptions): DraftNode =>
  aNode("action", step, {
    action: "http.request@1",
    connectionId,
    input: {
      method: "POST",
      url: `${sinkUrl}/e/{{ feedback.comment | default: "none" }}/${step}`,
      body: '{"score": {{ feedback.score }}}',
      ...(honoured && { idempotencyHonoured: true }),
    },
  });

/** Trigger → score below six → these calls side by side. */
export function branching(name: string, calls: readonly DraftNode[], when: object | null = null): NamedDraft {
  const steps = calls.map(({ id }) => id);
  const check = aNode("condition", "check", { when: allOf(BELOW_SIX) });
  const edges = [
    "start > check",
    "check:no > nothing",
    ...steps.flatMap((step) => [`check:yes > ${step}`, `${step} > ${step}Done`]),
  ];
  const ends = [anEnd("nothing", "nothing"), ...steps.map((step) => anEnd(`${step}Done`))];
  return aFlowOf(name, when, { nodes: [check, ...calls, ...ends], edges: edges.join(", ") });
}

export const STEPS = ["callback", "ticket", "note"] as const;

/** What every side of `loop` does. */
export const threeCalls = (options: CallOptions, { name = "Bench", when = null as object | null } = {}): NamedDraft =>
  branching(
    name,
    STEPS.map((step) => aCall(step, options)),
    when,
  );

/** Trigger → end: a run that does nothing. */
export const doingNothing = (name: string, when: object): NamedDraft =>
  aFlowOf(name, when, { nodes: [anEnd("over")], edges: "start > over" });
