import { graphOf, topologicalOrder, type Graph } from "./graph.js";
import { nodes } from "./nodes/index.js";
import type { NodeId } from "./parts.js";
import type { DraftNode, Edge, FlowNode, NodeType } from "./schema.js";

/** A draft or a published flow. */
export interface Drawn {
  readonly nodes: readonly (DraftNode | FlowNode)[];
  readonly edges: readonly Edge[];
}

/** A node as far as it can be read: `config` is undefined while the form is unfinished. */
export interface ReadNode {
  readonly id: NodeId;
  readonly type: NodeType;
  readonly outputs: readonly string[];
  readonly config: unknown;
}

/** `node:output`: this output of that node was taken; `node:*`: the node was passed, whichever it took. */
export type Way = `${NodeId}:${string}`;
export const way = (from: NodeId, output: string): Way => `${from}:${output}`;
export const ANY = "*";

export interface CertainWays {
  readonly graph: Graph<ReadNode>;
  /** What was certainly taken when this node's turn comes. */
  readonly before: (id: NodeId) => ReadonlySet<Way>;
}

type Certain = ReadonlyMap<NodeId, ReadonlySet<Way>>;

export function certainWays(flow: Drawn): CertainWays {
  const graph = graphOf({ nodes: flow.nodes.map(readNode), edges: flow.edges });
  const certain = new Map<NodeId, ReadonlySet<Way>>();
  for (const id of topologicalOrder(flow)) certain.set(id, waysInto(id, graph, certain));
  const nothing = new Set<Way>();
  return { graph, before: (id) => certain.get(id) ?? nothing };
}

function readNode({ id, type, config }: DraftNode | FlowNode): ReadNode {
  const outputs = nodes[type].outputs(config).map(({ name }) => name);
  return { id, type, outputs, config: nodes[type].config.safeParse(config).data };
}

function waysInto(id: NodeId, graph: Graph<ReadNode>, certain: Certain): ReadonlySet<Way> {
  const edges = graph.into(id);
  const perEdge = edges.map(
    ({ from, output }) => new Set([...(certain.get(from) ?? []), way(from, output), way(from, ANY)]),
  );
  const [first = new Set<Way>(), ...others] = perEdge;
  const ways = new Set([...first].filter((one) => others.every((set) => set.has(one))));
  const node = graph.node(id);
  if (edges.length < 2 || !node || joinsFirst(node)) return ways;
  // It waits for all of them, so a way in that cannot have been left out was taken, and with it all that it passed.
  let size: number;
  do {
    size = ways.size;
    const sure = surelyTaken(graph, new Set(ways));
    edges.forEach((edge, index) => {
      if (sure(edge)) for (const one of perEdge[index] ?? []) ways.add(one);
    });
  } while (ways.size > size);
  return ways;
}

const joinsFirst = ({ type, config }: ReadNode): boolean =>
  config !== undefined && (nodes[type].joinsFirst?.(config) ?? false);

/** Taken for certain, given the ways that were: its node had no other way out, and came to its turn for certain. */
function surelyTaken(graph: Graph<ReadNode>, ways: ReadonlySet<Way>): (edge: Edge) => boolean {
  const known = new Map<Edge, boolean>();
  const decide = ({ from, output }: Edge): boolean => {
    if (ways.has(way(from, output))) return true;
    const node = graph.node(from);
    if (!node || waysOut(node, graph).some((other) => other !== output)) return false;
    return node.type === "trigger" || graph.into(from).some(sure);
  };
  const sure = (edge: Edge): boolean => {
    const before = known.get(edge) ?? decide(edge);
    known.set(edge, before);
    return before;
  };
  return sure;
}

/** A failure that leads nowhere makes the step stuck, so it is no way out; any other output may be taken. */
function waysOut({ id, outputs }: ReadNode, graph: Graph<ReadNode>): readonly string[] {
  const connected = new Set(graph.outOf(id).map(({ output }) => output));
  return outputs.filter((name) => name !== "failure" || connected.has(name));
}
