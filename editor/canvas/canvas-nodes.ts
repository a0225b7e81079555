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

/** Sorts the canvas's changes into what it only sees, what the document is told, and what is selected. */
export function sortChanges(changes: readonly NodeChange<CardNode>[], before: SeenById, selected: readonly string[]): Sorted {
  const seen: Record<string, Seen> = { ...before };
  const moved: Record<string, Point> = {};
  const chosen = new Set(selected);
  let isSelecting = false;
  for (const change of changes) {
    if (change.type === "dimensions" && change.dimensions) {
      seen[change.id] = { ...seen[change.id], measured: change.dimensions };
    }
    if (change.type === "position" && change.position) {
      const { dragged: _, ...rest } = seen[change.id] ?? {};
      seen[change.id] = change.dragging === true ? { ...rest, dragged: change.position } : rest;
      if (change.dragging !== true) moved[change.id] = change.position;
    }
    if (change.type === "select") {
      isSelecting = true;
      if (change.selected) chosen.add(change.id);
      else chosen.delete(change.id);
    }
  }
  return { seen, moved, selected: isSelecting ? [...chosen] : null };
}

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
