import { canonicalJson } from "../canonical-json.js";
import { groupBy } from "../group-by.js";
import type { Edge, FlowDraft } from "../schema.js";

type Colours = ReadonlyMap<string, string>;

/**
 * Whether two documents say the same but for ids and places. Each node's colour is what it holds, refined by the colours of those
 * around it until no more nodes can be told apart (Weisfeiler and Leman). Very regular graphs that differ may pass for the same;
 * flows, which have a beginning and named ways out, are not such graphs.
 */
export function isSameFlow(a: FlowDraft, b: FlowDraft): boolean {
  if (a.nodes.length !== b.nodes.length || a.edges.length !== b.edges.length) return false;
  const names = new Map<string, string>();
  let [left, right] = [first(a, names), first(b, names)];
  let count = names.size;
  for (let round = 0; round <= a.nodes.length; round += 1) {
    if (bag(left) !== bag(right)) return false;
    [left, right] = [refined(a, left, names), refined(b, right, names)];
    if (new Set([...left.values()]).size === count && round > 0) return bag(left) === bag(right);
    count = new Set([...left.values()]).size;
  }
  return bag(left) === bag(right);
}

const bag = (colours: Colours): string => [...colours.values()].toSorted().join(" ");

/** Short names for long descriptions, the same in both flows. */
function named(description: string, names: Map<string, string>): string {
  const known = names.get(description) ?? `c${String(names.size)}`;
  names.set(description, known);
  return known;
}

const first = ({ nodes }: FlowDraft, names: Map<string, string>): Colours =>
  new Map(nodes.map(({ id, type, title, config }) => [id, named(canonicalJson([type, title, config]), names)]));

function refined({ nodes, edges }: FlowDraft, colours: Colours, names: Map<string, string>): Colours {
  const into = groupBy(edges, ({ to }) => to);
  const outOf = groupBy(edges, ({ from }) => from);
  const around = (list: readonly Edge[] | undefined, other: "from" | "to") =>
    (list ?? []).map((edge) => `${edge.output}:${colours.get(edge[other]) ?? ""}`).toSorted();
  return new Map(
    nodes.map(({ id }) => {
      const description = [colours.get(id), around(into.get(id), "from"), around(outOf.get(id), "to")];
      return [id, named(canonicalJson(description), names)];
    }),
  );
}
