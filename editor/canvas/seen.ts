import type { NodeChange } from "@xyflow/react";
import type { Point } from "../flow/edit.js";
import type { BenchNode } from "./frames.js";
import type { CardNode } from "./projection.js";

/** What the canvas knows of a node beyond the document: its measured size, and where it is while it is being dragged. */
interface Seen {
  readonly measured?: { readonly width: number; readonly height: number };
  readonly dragged?: Point;
}
export type SeenById = Readonly<Record<string, Seen>>;
export type Change = NodeChange<BenchNode>;

const shown = new WeakMap<
  object,
  { readonly seen: Seen | undefined; readonly selected: boolean; readonly node: object }
>();
const ABOVE = 10;

/** One node with its size, selection and unfinished drag. What did not change stays the very same, so that only the rest is drawn. */
function laidOver<Node extends BenchNode>(node: Node, seen: Seen | undefined, selected: boolean): Node {
  const known = shown.get(node);
  // Stored under this very node, so it is of its type.
  if (known && known.seen === seen && known.selected === selected) return known.node as Node;
  const over = { ...node, ...placeIn(node, seen), selected, zIndex: node.zIndex ?? (selected ? ABOVE : 0) };
  shown.set(node, { seen, selected, node: over });
  return over;
}

function placeIn({ position, measured }: BenchNode, seen: Seen | undefined) {
  const size = measured ?? seen?.measured;
  return { position: seen?.dragged ?? position, ...(size && { measured: { ...size } }) };
}

/** The projection with sizes, selection and unfinished drags laid over it. */
export function overlay<Node extends BenchNode>(
  nodes: readonly Node[],
  seen: SeenById,
  selected: readonly string[],
): Node[] {
  const chosen = new Set(selected);
  return nodes.map((node) => laidOver(node, seen[node.id], chosen.has(node.id)));
}

export interface Sorted {
  readonly seen: SeenById;
  /** Finished moves, to become one edit of the document. */
  readonly moved: Readonly<Record<string, Point>>;
  readonly selected: readonly string[] | null;
}

function seenAfter(change: Change | NodeChange<CardNode>, seen: SeenById): SeenById {
  if (change.type === "dimensions" && change.dimensions) {
    return { ...seen, [change.id]: { ...seen[change.id], measured: change.dimensions } };
  }
  if (change.type !== "position" || !change.position) return seen;
  const { dragged: _, ...rest } = seen[change.id] ?? {};
  return { ...seen, [change.id]: change.dragging === true ? { ...rest, dragged: change.position } : rest };
}

function movedBy(changes: readonly (Change | NodeChange<CardNode>)[]): Readonly<Record<string, Point>> {
  const moves = changes.flatMap((change) =>
    change.type === "position" && change.position && change.dragging !== true
      ? [[change.id, change.position] as const]
      : [],
  );
  return Object.fromEntries(moves);
}

function selectedBy(
  changes: readonly (Change | NodeChange<CardNode>)[],
  before: readonly string[],
): readonly string[] | null {
  const selects = changes.filter((change) => change.type === "select");
  if (selects.length === 0) return null;
  const chosen = new Set(before);
  for (const { id, selected } of selects) {
    if (selected) chosen.add(id);
    else chosen.delete(id);
  }
  return [...chosen];
}

/** Sorts the canvas's changes into what it only sees, what the document is told, and what is selected. */
export const sortChanges = (
  changes: readonly (Change | NodeChange<CardNode>)[],
  before: SeenById,
  selected: readonly string[],
): Sorted => ({
  seen: changes.reduce<SeenById>((seen, change) => seenAfter(change, seen), before),
  moved: movedBy(changes),
  selected: selectedBy(changes, selected),
});
