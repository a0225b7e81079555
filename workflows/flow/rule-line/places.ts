import { COLUMN } from "../drawing/columns.js";
import { topologicalOrder } from "../graph.js";
import type { DraftNode, Edge } from "../schema.js";

const ROW = 136;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Left to right by the longest way to a step; one below another in the order in which they are said. */
export function placesOf(
  nodes: readonly Pick<DraftNode, "id">[],
  edges: readonly Edge[],
): Readonly<Record<string, Place>> {
  const columns = new Map<string, number>();
  for (const id of topologicalOrder({ nodes, edges })) {
    const before = edges.filter(({ to }) => to === id).map(({ from }) => columns.get(from) ?? 0);
    columns.set(id, before.length === 0 ? 0 : Math.max(...before) + 1);
  }
  const rows = new Map<number, number>();
  const places: Record<string, Place> = {};
  for (const { id } of nodes) {
    const column = columns.get(id) ?? 0;
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    places[id] = { x: column * COLUMN, y: row * ROW };
  }
  return places;
}
