import { MAX_TITLE } from "../../workflows/flow/draft-schema.js";
import type { DraftNode, Edge, FlowDraft, NodeType } from "../../workflows/flow/schema.js";
import { withoutStrangers } from "./groups.js";
import { outputsOf } from "./outputs.js";

/** Every edit is a pure function of the document; undo is then a stack of documents. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface NewNode {
  readonly type: NodeType;
  readonly title: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly position: Point;
  /** What its id begins with: expressions will name it (`steps.ticket1.key`). */
  readonly stem: string;
}

const GRID = 8;
export const snap = ({ x, y }: Point): Point => ({ x: Math.round(x / GRID) * GRID, y: Math.round(y / GRID) * GRID });

const LONGEST_STEM = 30;
const cleanStem = (stem: string) => stem.replace(/[^A-Za-z0-9]/g, "").replace(/^\d+/, "") || "step";

/** The first free number after the stem; ids of deleted nodes stay taken, since facts and expressions may name them. */
export function freshId(flow: FlowDraft, stem: string): string {
  const taken = new Set([...flow.retiredIds, ...flow.nodes.map(({ id }) => id)]);
  const base = cleanStem(stem).slice(0, LONGEST_STEM);
  let number = 1;
  while (taken.has(`${base}${String(number)}`)) number += 1;
  return `${base}${String(number)}`;
}

/** A longer one would keep the whole draft from being saved. */
const cut = (title: string): string => title.slice(0, MAX_TITLE);

export function addNode(flow: FlowDraft, node: NewNode): { readonly flow: FlowDraft; readonly id: string } {
  const id = freshId(flow, node.stem);
  const { type, title, config, position } = node;
  const added: DraftNode = { id, type, title: cut(title), config: { ...config }, position: snap(position) };
  return { flow: { ...flow, nodes: [...flow.nodes, added] }, id };
}

export function moveNodes(flow: FlowDraft, positions: Readonly<Record<string, Point>>): FlowDraft {
  const moved = flow.nodes.map((node) => {
    const to = positions[node.id];
    return to ? { ...node, position: snap(to) } : node;
  });
  return { ...flow, nodes: moved };
}

const sameEdge = (a: Edge, b: Edge) => a.from === b.from && a.output === b.output && a.to === b.to;
const sameOutput = (a: Edge, b: Edge) => a.from === b.from && a.output === b.output;

/** Several edges may leave one output (all are taken); the same edge stands once. */
export function connectNodes(flow: FlowDraft, edge: Edge): FlowDraft {
  if (flow.edges.some((other) => sameEdge(other, edge))) return flow;
  return { ...flow, edges: [...flow.edges, edge] };
}

/** Whether `to` can be reached from `from`. */
export function leadsTo(flow: FlowDraft, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...flow.edges.filter((edge) => edge.from === id).map((edge) => edge.to));
  }
  return false;
}

export type Refusal = "itself" | "cycle" | "trigger" | "unknown" | "there";

/** Why this edge may not be drawn; null when it may. */
export function refuseEdge(flow: FlowDraft, edge: Edge): Refusal | null {
  const from = flow.nodes.find(({ id }) => id === edge.from);
  const to = flow.nodes.find(({ id }) => id === edge.to);
  if (!from || !to || !outputsOf(from).includes(edge.output)) return "unknown";
  if (edge.from === edge.to) return "itself";
  if (to.type === "trigger") return "trigger";
  if (flow.edges.some((other) => sameEdge(other, edge))) return "there";
  return leadsTo(flow, edge.to, edge.from) ? "cycle" : null;
}

export const removeEdge = (flow: FlowDraft, edge: Edge): FlowDraft => ({
  ...flow,
  edges: flow.edges.filter((other) => !sameEdge(other, edge)),
});

/** Nothing is left dangling, and the ids are never given again. */
export function removeNodes(flow: FlowDraft, ids: readonly string[]): FlowDraft {
  const gone = new Set(ids.filter((id) => flow.nodes.some((node) => node.id === id)));
  if (gone.size === 0) return flow;
  return withoutStrangers({
    ...flow,
    retiredIds: [...flow.retiredIds, ...gone],
    nodes: flow.nodes.filter(({ id }) => !gone.has(id)),
    edges: flow.edges.filter(({ from, to }) => !gone.has(from) && !gone.has(to)),
  });
}

/** Merges into the config. An output that the new one no longer has takes its edges with it. */
export function updateConfig(flow: FlowDraft, id: string, change: Readonly<Record<string, unknown>>): FlowDraft {
  const nodes = flow.nodes.map((node) => (node.id === id ? { ...node, config: { ...node.config, ...change } } : node));
  const node = nodes.find((candidate) => candidate.id === id);
  if (!node) return flow;
  const outputs = outputsOf(node);
  const edges = flow.edges.filter(({ from, output }) => from !== id || outputs.includes(output));
  // A letter in a field leaves all ways as they are.
  return { ...flow, nodes, edges: edges.length === flow.edges.length ? flow.edges : edges };
}

export const retitleNode = (flow: FlowDraft, id: string, title: string): FlowDraft => ({
  ...flow,
  nodes: flow.nodes.map((node) => (node.id === id ? { ...node, title: cut(title) } : node)),
});

/** Puts a node between two others: what led to the second now leads to it, and its first output leads on. */
export function insertOnEdge(
  flow: FlowDraft,
  edge: Edge,
  node: NewNode,
): { readonly flow: FlowDraft; readonly id: string } {
  const { flow: grown, id } = addNode(flow, node);
  const added = grown.nodes.find((candidate) => candidate.id === id);
  const [first] = added ? outputsOf(added) : [];
  const entered = connectNodes(removeEdge(grown, edge), { from: edge.from, output: edge.output, to: id });
  return { flow: first === undefined ? entered : connectNodes(entered, { from: id, output: first, to: edge.to }), id };
}

/** Switches steps off, or on again. */
export const switchNodes = (flow: FlowDraft, ids: readonly string[], off: boolean): FlowDraft => ({
  ...flow,
  nodes: flow.nodes.map((node) => {
    if (!ids.includes(node.id) || (node.disabled === true) === off) return node;
    const { disabled: _, ...rest } = node;
    return off ? { ...rest, disabled: true as const } : rest;
  }),
});

/** An empty comment is none. */
export const commentNode = (flow: FlowDraft, id: string, text: string): FlowDraft => ({
  ...flow,
  nodes: flow.nodes.map((node) => {
    if (node.id !== id) return node;
    const { comment: _, ...rest } = node;
    return text === "" ? rest : { ...rest, comment: text };
  }),
});

/** Whether anything leaves this output. */
export const isUsed = (flow: Pick<FlowDraft, "edges">, from: string, output: string): boolean =>
  flow.edges.some((edge) => sameOutput(edge, { from, output, to: "" }));
