import { ancestorsOf } from "../../workflows/flow/graph.js";
import { groupBy } from "../../workflows/flow/group-by.js";
import type { Edge, FlowDraft } from "../../workflows/flow/schema.js";
import type { Refusal } from "./edit.js";

/** Why no line may be drawn from this way out to a step; steps that it may lead to are not in it. One pass, however large the flow. */
export function refusalsFrom(flow: FlowDraft, { from, output }: Omit<Edge, "to">): ReadonlyMap<string, Refusal> {
  const before = ancestorsOf(
    from,
    groupBy(flow.edges, ({ to }) => to),
  );
  const there = new Set(flow.edges.filter((edge) => edge.from === from && edge.output === output).map(({ to }) => to));
  const reasonOf = (id: string, type: string): Refusal | null => {
    if (id === from) return "itself";
    if (type === "trigger") return "trigger";
    if (there.has(id)) return "there";
    return before.has(id) ? "cycle" : null;
  };
  return new Map(
    flow.nodes.flatMap(({ id, type }) => {
      const reason = reasonOf(id, type);
      return reason ? [[id, reason] as const] : [];
    }),
  );
}
