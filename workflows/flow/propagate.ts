import type { Folded } from "./folded.js";
import type { Graph } from "./graph.js";
import { nodes } from "./nodes/index.js";
import type { NodeId } from "./parts.js";
import type { Edge, FlowNode } from "./schema.js";

type EdgeState = "open" | "taken" | "dead";

/**
 * Whose turn it is. `ready`: no way in is open and at least one was taken; `settled`: it also took an output;
 * `dead`: it can never come to it.
 */
export type Turn = "pending" | "ready" | "settled" | "dead";

type State = Pick<Folded, "flow" | "graph" | "record" | "started" | "closing">;

/** One pass in topological order: the way in of each node is known before the node. */
export function propagate(state: State): ReadonlyMap<NodeId, Turn> {
  const turns = new Map<NodeId, Turn>();
  for (const node of state.flow.nodes) turns.set(node.id, turnOf(node, state, turns));
  return turns;
}

export function reachedStop(state: State): FlowNode | undefined {
  const stops = state.flow.nodes.filter(({ type }) => nodes[type].ends?.what === "run");
  if (stops.length === 0) return undefined;
  const turns = propagate(state);
  return stops.find(({ id }) => turns.get(id) === "settled");
}

/** The outcome of the last `end` that was reached. */
export function reachedOutcome({ flow }: State, turns: ReadonlyMap<NodeId, Turn>): string | null {
  const reached = flow.nodes.findLast(({ id, type }) => nodes[type].ends && turns.get(id) === "settled");
  return reached ? (nodes[reached.type].ends?.outcome(reached.config) ?? null) : null;
}

function turnOf(node: FlowNode, state: State, turns: ReadonlyMap<NodeId, Turn>): Turn {
  const kind = nodes[node.type];
  const arrival = arrivalOf(node, state, turns);
  const settled = arrival === "ready" && (kind.passes ?? state.record(node.id).output !== null);
  if (settled) return "settled";
  return state.closing ? "dead" : arrival;
}

function arrivalOf(node: FlowNode, state: State, turns: ReadonlyMap<NodeId, Turn>): "pending" | "ready" | "dead" {
  if (node.type === "trigger") return state.started ? "ready" : "pending";
  const ways = state.graph.into(node.id).map((edge) => edgeState(edge, state, turns));
  const taken = ways.includes("taken");
  const waiting = ways.includes("open");
  if (taken && (!waiting || nodes[node.type].joinsFirst?.(node.config))) return "ready";
  return waiting ? "pending" : "dead";
}

function edgeState({ from, output }: Edge, state: State, turns: ReadonlyMap<NodeId, Turn>): EdgeState {
  const turn = turns.get(from);
  if (turn === "dead" || turn === undefined) return "dead";
  if (turn !== "settled") return "open";
  return output === takenOutput(state.graph, from, state) ? "taken" : "dead";
}

function takenOutput(graph: Graph<FlowNode>, id: NodeId, { record }: State): string | null {
  const node = graph.node(id);
  if (!node) return null;
  return nodes[node.type].passes ? "next" : record(id).output;
}
