import { topologicalOrder } from "../graph.js";
import { groupBy } from "../group-by.js";
import { edgesOf, type FlowFile } from "./flow-file.js";

interface Place {
  readonly x: number;
  readonly y: number;
}

const COLUMN = 320;
const ROW = 160;

/** Where each step stands: where the file says, else in a column after all that lead to it. */
export function placesOf(steps: FlowFile["steps"]): Readonly<Record<string, Place>> {
  const columns = columnsOf(steps);
  const filled = new Map<number, number>();
  return Object.fromEntries(
    Object.entries(steps).map(([id, { at }]) => {
      if (at) return [id, { x: at[0], y: at[1] }];
      const column = columns.get(id) ?? 0;
      const row = filled.get(column) ?? 0;
      filled.set(column, row + 1);
      return [id, { x: column * COLUMN, y: row * ROW }];
    }),
  );
}

function columnsOf(steps: FlowFile["steps"]): ReadonlyMap<string, number> {
  const edges = Object.entries(steps).flatMap(([id, step]) => edgesOf(id, step));
  const into = groupBy(edges, ({ to }) => to);
  const columns = new Map<string, number>();
  for (const id of topologicalOrder({ nodes: Object.keys(steps).map((step) => ({ id: step })), edges }))
    columns.set(id, Math.max(-1, ...(into.get(id) ?? []).map(({ from }) => columns.get(from) ?? 0)) + 1);
  return columns;
}
