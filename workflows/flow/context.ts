import type { FlowContext } from "./catalogue.js";
import type { Folded } from "./folded.js";
import type { NodeRecord } from "./node-record.js";
import type { NodeId } from "./parts.js";

/**
 * What a node reads: the feedback and its surroundings, and what the nodes before it gave. Only those: a branch beside it may
 * be ahead or behind, and must not matter. Where two nodes set one value, the later in topological order counts.
 */
export function contextAt(
  folded: Folded,
  nodeId: NodeId,
  given: FlowContext,
  now: Date,
): Readonly<Record<string, unknown>> {
  const before = folded.graph.before(nodeId);
  const steps = folded.flow.nodes.filter(({ id }) => before.has(id));
  return {
    feedback: given.feedback,
    contact: given.contact ?? {},
    account: given.account ?? {},
    start: given.start ?? {},
    run: given.run,
    now: now.toISOString(),
    steps: Object.fromEntries(steps.map(({ id }) => [id, outputOf(folded.record(id))])),
    values: Object.assign({}, ...steps.map(({ id }) => folded.record(id).values)) as Readonly<Record<string, unknown>>,
  };
}

/** What later steps read of a step as `steps.<id>`. */
export function outputOf(record: NodeRecord): Readonly<Record<string, unknown>> {
  if (record.how === "skipped") return record.skippedOutput ?? {};
  if (record.decision) {
    const { output, by, reason } = record.decision;
    return { decision: output, decidedBy: by, reason };
  }
  const last = record.effects.findLast(({ closing, state }) => !closing && state !== "open");
  if (!last) return {};
  return record.how === "failed" ? { error: last.message ?? last.code ?? "failed" } : last.output;
}
