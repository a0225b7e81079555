import type { NodeChange } from "@xyflow/react";
import { useCallback, useState } from "react";
import { moveNodes } from "../flow/edit.js";
import type { Point } from "../flow/edit.js";
import type { FlowStore } from "../flow/store.js";
import type { CardNode } from "./projection.js";

/** What the canvas knows of a node beyond the document: its measured size, and where it is while it is being dragged. */
interface Seen {
  readonly measured?: { readonly width: number; readonly height: number };
  readonly dragged?: Point;
}
type SeenById = Readonly<Record<string, Seen>>;

/** The projection with sizes, selection and unfinished drags laid over it. */
export function overlay(nodes: readonly CardNode[], seen: SeenById, selected: readonly string[]): CardNode[] {
  return nodes.map((node) => {
    const { measured, dragged } = seen[node.id] ?? {};
    return {
      ...node,
      position: dragged ?? node.position,
      selected: selected.includes(node.id),
      ...(measured && { measured: { ...measured } }),
    };
  });
}

export interface Sorted {
  readonly seen: SeenById;
  /** Finished moves, to become one edit of the document. */
  readonly moved: Readonly<Record<string, Point>>;
  readonly selected: readonly string[] | null;
}

type Change = NodeChange<CardNode>;

function seenAfter(change: Change, seen: SeenById): SeenById {
  if (change.type === "dimensions" && change.dimensions) {
    return { ...seen, [change.id]: { ...seen[change.id], measured: change.dimensions } };
  }
  if (change.type !== "position" || !change.position) return seen;
  const { dragged: _, ...rest } = seen[change.id] ?? {};
  return { ...seen, [change.id]: change.dragging === true ? { ...rest, dragged: change.position } : rest };
}

function movedBy(changes: readonly Change[]): Readonly<Record<string, Point>> {
  const moves = changes.flatMap((change) =>
    change.type === "position" && change.position && change.dragging !== true
      ? [[change.id, change.position] as const]
      : [],
  );
  return Object.fromEntries(moves);
}

function selectedBy(changes: readonly Change[], before: readonly string[]): readonly string[] | null {
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
export const sortChanges = (changes: readonly Change[], before: SeenById, selected: readonly string[]): Sorted => ({
  seen: changes.reduce<SeenById>((seen, change) => seenAfter(change, seen), before),
  moved: movedBy(changes),
  selected: selectedBy(changes, selected),
});

export function useCanvasNodes(projected: readonly CardNode[], store: FlowStore, selected: readonly string[]) {
  const [seen, setSeen] = useState<SeenById>({});
  const onNodesChange = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      const state = store.getState();
      const sorted = sortChanges(changes, {}, state.selected);
      setSeen((before) => sortChanges(changes, before, []).seen);
      if (sorted.selected) state.select(sorted.selected);
      const unmoved = new Map(state.draft.nodes.map(({ id, position }) => [id, position]));
      const moved = Object.entries(sorted.moved).filter(
        ([id, { x, y }]) => unmoved.get(id)?.x !== x || unmoved.get(id)?.y !== y,
      );
      if (moved.length > 0) state.edit((draft) => moveNodes(draft, Object.fromEntries(moved)));
    },
    [store],
  );
  return { nodes: overlay(projected, seen, selected), onNodesChange };
}
