import type { Catalogue, FieldSpec } from "./catalogue.js";
import { runFields } from "./fields.js";
import { graphOf, topologicalOrder, type Graph } from "./graph.js";
import type { ProducedField } from "./node-type.js";
import { nodes } from "./nodes/index.js";
import type { NodeId } from "./parts.js";
import type { DraftNode, Edge, FlowNode } from "./schema.js";

type Node = DraftNode | FlowNode;
/** A draft or a published flow. */
export interface Drawn {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

const analyses = new WeakMap<object, WeakMap<Catalogue, Analysis>>();

interface Analysis {
  readonly fieldsAt: (id: NodeId) => readonly FieldSpec[];
}

/**
 * What a node may read. A field is certain where every way to the node produces it; where only some do it is optional, and asks
 * for a default. The same arguments give the same array, which is what conditions are compiled for.
 */
export function fieldsAt(flow: Drawn, nodeId: NodeId, catalogue: Catalogue): readonly FieldSpec[] {
  const byCatalogue = analyses.get(flow) ?? new WeakMap<Catalogue, Analysis>();
  analyses.set(flow, byCatalogue);
  const known = byCatalogue.get(catalogue) ?? analyse(flow, catalogue);
  byCatalogue.set(catalogue, known);
  return known.fieldsAt(nodeId);
}

function analyse(flow: Drawn, catalogue: Catalogue): Analysis {
  const graph = graphOf(flow);
  const certain = certainWays(flow, graph);
  const found = new Map<NodeId, readonly FieldSpec[]>();
  const compute = (id: NodeId): readonly FieldSpec[] => {
    const ways = certain.get(id) ?? new Set<Way>();
    const steps = flow.nodes.filter((node) => graph.before(id).has(node.id));
    const produced = steps.flatMap((node) => producedBy(node, { graph, catalogue, ways }));
    const proved = new Set(steps.flatMap((node) => provedBy(node, ways)));
    const given = [...catalogue.fields, ...runFields].map((field) =>
      proved.has(field.path) ? { ...field, optional: false } : field,
    );
    return [...given, ...merged(produced)];
  };
  return {
    fieldsAt: (id) => {
      const known = found.get(id) ?? compute(id);
      found.set(id, known);
      return known;
    },
  };
}

/** `node:output`: this output of that node was taken. */
type Way = `${NodeId}:${string}`;
const way = (from: NodeId, output: string): Way => `${from}:${output}`;

/** For every node the ways that were certainly taken when its turn comes. */
function certainWays(flow: Drawn, graph: Graph<Node>): ReadonlyMap<NodeId, ReadonlySet<Way>> {
  const certain = new Map<NodeId, ReadonlySet<Way>>();
  for (const id of topologicalOrder(flow)) certain.set(id, waysInto(id, graph, certain));
  return certain;
}

type Certain = ReadonlyMap<NodeId, ReadonlySet<Way>>;

function waysInto(id: NodeId, graph: Graph<Node>, certain: Certain): ReadonlySet<Way> {
  const edges = graph.into(id);
  const perEdge = edges.map(({ from, output }) => new Set([...(certain.get(from) ?? []), way(from, output)]));
  const [first = new Set<Way>(), ...others] = perEdge;
  const ways = new Set([...first].filter((one) => others.every((set) => set.has(one))));
  const node = graph.node(id);
  if (edges.length < 2 || !node || joinsFirst(node)) return ways;
  // It waits for all of them, so a way in that cannot have been left out was taken, and all that it passed.
  for (let size = -1; size < ways.size;) {
    size = ways.size;
    const sure = surelyTaken(graph, new Set(ways));
    edges.forEach((edge, index) => {
      if (sure(edge)) for (const one of perEdge[index] ?? []) ways.add(one);
    });
  }
  return ways;
}

/** Taken for certain, given the ways that were: its node had no other way out, and came to its turn for certain. */
function surelyTaken(graph: Graph<Node>, ways: ReadonlySet<Way>): (edge: Edge) => boolean {
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
function waysOut(node: Node, graph: Graph<Node>): string[] {
  const connected = new Set(graph.outOf(node.id).map(({ output }) => output));
  const outputs = nodes[node.type].outputs(node.config).map(({ name }) => name);
  return outputs.filter((name) => name !== "failure" || connected.has(name));
}

function joinsFirst({ type, config }: Node): boolean {
  const read = nodes[type].config.safeParse(config);
  return read.success && (nodes[type].joinsFirst?.(read.data) ?? false);
}

interface Around {
  readonly graph: Graph<Node>;
  readonly catalogue: Catalogue;
  readonly ways: ReadonlySet<Way>;
}

function producedBy(node: Node, { catalogue, ways }: Around): FieldSpec[] {
  const read = nodes[node.type].config.safeParse(node.config);
  if (!read.success) return [];
  const fields = nodes[node.type].produces?.(read.data, { id: node.id, catalogue }) ?? [];
  const byPath = new Map<string, ProducedField[]>();
  for (const field of fields) byPath.set(field.field.path, [...(byPath.get(field.field.path) ?? []), field]);
  return [...byPath.values()].flatMap((same) => oneField(node.id, same, ways));
}

/** Of one field that a node gives on several outputs: certain if one of those was certainly taken, or if all outputs give it. */
function oneField(id: NodeId, same: readonly ProducedField[], ways: ReadonlySet<Way>): FieldSpec[] {
  const taken = same.find(({ output }) => ways.has(way(id, output)));
  const [any] = same;
  if (taken) return [taken.field];
  return any ? [{ ...any.field, optional: true }] : [];
}

function provedBy({ id, type, config }: Node, ways: ReadonlySet<Way>): readonly string[] {
  const read = nodes[type].config.safeParse(config);
  if (!read.success) return [];
  const outputs = nodes[type].outputs(config).filter(({ name }) => ways.has(way(id, name)));
  return outputs.flatMap(({ name }) => nodes[type].proves?.(read.data, name) ?? []);
}

/** Two nodes may set one value; it is certain if one of them certainly did. */
function merged(fields: readonly FieldSpec[]): FieldSpec[] {
  const byPath = new Map<string, FieldSpec>();
  for (const field of fields) {
    const other = byPath.get(field.path);
    byPath.set(field.path, other && !other.optional ? other : field);
  }
  return [...byPath.values()];
}
