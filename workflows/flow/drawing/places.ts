import { topologicalOrder } from "../graph.js";
import type { DraftNode, Edge } from "../schema.js";
import { COLUMN } from "./columns.js";

const ROW = 184;

type Rows = ReadonlyMap<string, number>;

/**
 * Left to right by the longest way to a step. A step stands as high as the middle of those that lead to it, so that ways run straight; what
 * would stand too close is moved apart, in the order in which the ways leave.
 */
export function placed(nodes: readonly DraftNode[], edges: readonly Edge[]): DraftNode[] {
  const columns = columnsOf(nodes, edges);
  const rows = new Map<string, number>();
  for (let column = 0; column <= Math.max(0, ...columns.values()); column += 1) {
    const here = nodes.map(({ id }) => id).filter((id) => columns.get(id) === column);
    for (const [id, row] of spread(here, (id) => wishedRow(id, edges, rows))) rows.set(id, row);
  }
  const highest = Math.min(0, ...rows.values());
  const at = (id: string) => ({ x: (columns.get(id) ?? 0) * COLUMN, y: ((rows.get(id) ?? 0) - highest) * ROW });
  return nodes.map((node) => ({ ...node, position: at(node.id) }));
}

function columnsOf(nodes: readonly DraftNode[], edges: readonly Edge[]): Rows {
  const columns = new Map<string, number>();
  for (const id of topologicalOrder({ nodes, edges })) {
    const before = edges.filter(({ to }) => to === id).map(({ from }) => columns.get(from) ?? 0);
    columns.set(id, before.length === 0 ? 0 : Math.max(...before) + 1);
  }
  return columns;
}

function wishedRow(id: string, edges: readonly Edge[], rows: Rows): number {
  const from = edges.filter(({ to }) => to === id).map((edge) => (rows.get(edge.from) ?? 0) + lean(edge, edges));
  return from.reduce((sum, row) => sum + row, 0) / Math.max(1, from.length);
}

/** The first of several ways out leads up a little, the last one down. */
function lean(edge: Edge, edges: readonly Edge[]): number {
  const siblings = edges.filter(({ from }) => from === edge.from);
  return (siblings.indexOf(edge) - (siblings.length - 1) / 2) / 2;
}

/** A row apart at least, around the middle of what was wished. */
function spread(ids: readonly string[], wished: (id: string) => number): (readonly [string, number])[] {
  const sorted = ids.map((id) => ({ id, wish: wished(id) })).toSorted((one, other) => one.wish - other.wish);
  const rows: number[] = [];
  for (const { wish } of sorted) rows.push(Math.max(wish, (rows.at(-1) ?? -Infinity) + 1));
  const shift =
    sorted.reduce((sum, { wish }, index) => sum + (rows[index] ?? 0) - wish, 0) / Math.max(1, sorted.length);
  return sorted.map(({ id }, index) => [id, (rows[index] ?? 0) - shift] as const);
}
