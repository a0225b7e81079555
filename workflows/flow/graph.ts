import { groupBy } from "./group-by.js";
import type { NodeId } from "./parts.js";
import type { Edge } from "./schema.js";

interface Drawn<Node> {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

export interface Graph<Node> {
  readonly node: (id: NodeId) => Node | undefined;
  readonly into: (id: NodeId) => readonly Edge[];
  readonly outOf: (id: NodeId) => readonly Edge[];
  /** Every node that a way to this one passes. */
  readonly before: (id: NodeId) => ReadonlySet<NodeId>;
}

const graphs = new WeakMap<object, Graph<unknown>>();

/** Looked up by the flow itself, which nobody changes: a run is folded many times over one flow. */
export function graphOf<Node extends { readonly id: NodeId }>(flow: Drawn<Node>): Graph<Node> {
  const known = graphs.get(flow);
  // Stored under this very flow, so it holds this flow's type of node.
  if (known) return known as Graph<Node>;
  const graph = buildGraph(flow);
  graphs.set(flow, graph);
  return graph;
}

function buildGraph<Node extends { readonly id: NodeId }>({ nodes, edges }: Drawn<Node>): Graph<Node> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const into = groupBy(edges, ({ to }) => to);
  const outOf = groupBy(edges, ({ from }) => from);
  const ancestors = new Map<NodeId, ReadonlySet<NodeId>>();
  return {
    node: (id) => byId.get(id),
    into: (id) => into.get(id) ?? [],
    outOf: (id) => outOf.get(id) ?? [],
    before: (id) => {
      const known = ancestors.get(id);
      if (known) return known;
      const found = ancestorsOf(id, into);
      ancestors.set(id, found);
      return found;
    },
  };
}

/** Every node that leads to it, by however many ways. */
export function ancestorsOf(id: NodeId, into: ReadonlyMap<NodeId, readonly Edge[]>): ReadonlySet<NodeId> {
  const found = new Set<NodeId>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { from } of into.get(next) ?? []) {
      if (found.has(from)) continue;
      found.add(from);
      open.push(from);
    }
  }
  return found;
}

/** Ties are broken by id, so that one document has one order; nodes on a cycle are left out. */
export function topologicalOrder({ nodes, edges }: Drawn<{ readonly id: NodeId }>): NodeId[] {
  const waitsFor = new Map(nodes.map(({ id }): [NodeId, number] => [id, 0]));
  for (const { to } of edges) waitsFor.set(to, (waitsFor.get(to) ?? 0) + 1);
  const outOf = groupBy(edges, ({ from }) => from);
  const order: NodeId[] = [];
  const free = [...waitsFor].filter(([, count]) => count === 0).map(([id]) => id);
  while (free.length > 0) {
    free.sort().reverse();
    const id = free.pop();
    if (id === undefined) break;
    order.push(id);
    for (const { to } of outOf.get(id) ?? []) {
      const left = (waitsFor.get(to) ?? 0) - 1;
      waitsFor.set(to, left);
      if (left === 0) free.push(to);
    }
  }
  return order;
}
