import type { Fact, FactKind, FactOf } from "./facts.js";
import { KEY_OUTCOMES, SEMANTICS } from "./facts.js";
import type { Closing, Folded } from "./folded.js";
import { graphOf, type Graph } from "./graph.js";
import { nodes } from "./nodes/index.js";
import { nodeReducers } from "./node-reducers.js";
import { newRecord, type NodeRecord } from "./node-record.js";
import type { NodeId } from "./parts.js";
import { reachedStop } from "./propagate.js";
import type { FlowNode, PublishedFlow } from "./schema.js";

export type { Folded } from "./folded.js";

interface Folding {
  started: boolean;
  closing: Closing | null;
  outcome: string | null;
  erased: boolean;
}

/** Facts written by a later release of the product: only that release knows what they mean. */
export class UnknownSemantics extends Error {
  readonly code = "UNKNOWN_SEMANTICS";

  constructor(semantics: number) {
    super(`These facts have semantics ${semantics}; this release knows ${SEMANTICS} and earlier. Run a newer release.`);
    this.name = "UnknownSemantics";
  }
}

/**
 * Total: facts that do not fit the state (a click after the cancel, a fact about a node that does not exist) change nothing,
 * because outside facts are appended without knowing the state. Only facts of a later semantics are refused.
 */
export function fold(flow: PublishedFlow, facts: readonly Fact[]): Folded {
  const graph = graphOf(flow);
  const records = new Map<NodeId, NodeRecord>();
  const record = (id: NodeId): NodeRecord => {
    const known = records.get(id) ?? newRecord(graph.node(id)?.type);
    records.set(id, known);
    return known;
  };
  const run: Folding = { started: false, closing: null, outcome: null, erased: false };
  const hasStop = flow.nodes.some(({ type }) => nodes[type].ends?.what === "run");
  for (const fact of facts) {
    if (run.outcome !== null) break;
    applyToRun(run, fact);
    applyToNode(fact, { graph, record, closed: run.closing !== null });
    if (hasStop && !run.closing) run.closing = stoppedBy({ ...run, graph, flow, record }, fact);
  }
  return { ...run, graph, flow, record };
}

type RunReducer<Kind extends FactKind> = (run: Folding, fact: FactOf<Kind>) => void;

const runReducers: { readonly [Kind in FactKind]?: RunReducer<Kind> } = {
  started: (run, { data: { semantics } }) => {
    if (semantics > SEMANTICS) throw new UnknownSemantics(semantics);
    run.started = true;
  },
  cancelled: (run, { at, data: { by, replacedBy } }) => {
    const outcome = replacedBy === undefined ? "cancelled" : KEY_OUTCOMES.replaced;
    run.closing ??= { kind: "cancelled", by, at, outcome };
  },
  passedOver: (run, { at }) => {
    run.closing ??= { kind: "stopped", by: null, at, outcome: KEY_OUTCOMES.passedOver };
  },
  finished: (run, { data: { outcome } }) => {
    run.outcome = outcome;
  },
  erased: (run, { at }) => {
    run.closing ??= { kind: "stopped", by: null, at, outcome: "erased" };
    run.outcome = "erased";
    run.erased = true;
  },
};

function applyToRun<Kind extends FactKind>(run: Folding, fact: FactOf<Kind>): void {
  runReducers[fact.kind]?.(run, fact);
}

interface Place {
  readonly graph: Graph<FlowNode>;
  readonly record: (id: NodeId) => NodeRecord;
  readonly closed: boolean;
}

function applyToNode<Kind extends FactKind>(fact: FactOf<Kind>, { graph, record, closed }: Place): void {
  const node = fact.nodeId === null ? undefined : graph.node(fact.nodeId);
  if (!node || nodes[node.type].passes) return;
  const reduce = nodeReducers[fact.kind];
  reduce?.(record(node.id), fact, {
    hasOutput: (name) => nodes[node.type].outputs(node.config).some((output) => output.name === name),
    isConnected: (name) => graph.outOf(node.id).some(({ output }) => output === name),
    closed,
  });
}

function stoppedBy(folded: Folded, { at }: Fact): Closing | null {
  const stop = reachedStop(folded);
  if (!stop) return null;
  const outcome = nodes[stop.type].ends?.outcome(stop.config) ?? "stopped";
  return { kind: "stopped", by: null, at, outcome };
}
