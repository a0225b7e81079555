import { useCallback, useMemo, useState } from "react";
import { moveNodes } from "../flow/edit.js";
import type { Point } from "../flow/edit.js";
import { moveNotes } from "../flow/notes.js";
import type { FlowStore } from "../flow/store.js";
import type { Group } from "../../workflows/flow/notes.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { alignTo } from "./align.js";
import type { Guide } from "./align.js";
import { sortIds } from "./canvas-ids.js";
import { moveTag } from "./move-tag.js";
import { boxOf, groupMoves } from "./moves.js";
import type { BenchNode } from "./frames.js";
import { toFrames } from "./frames.js";
import { useLatest } from "../ui/use-latest.js";
import { overlay, sortChanges } from "./seen.js";
import type { Change, SeenById } from "./seen.js";

/** One card that is dragged alone comes into line with those around it. */
function aligned(changes: readonly Change[], nodes: readonly BenchNode[], seen: SeenById) {
  const [only, ...others] = changes.filter((change) => change.type === "position");
  const isAlone = only?.position !== undefined && others.length === 0 && only.dragging !== undefined;
  const node = isAlone ? nodes.find(({ id }) => id === only.id) : undefined;
  if (!isAlone || !only.position || node?.type !== "card") return { changes, guides: [] };
  const around = nodes.filter(({ id, type }) => type === "card" && id !== only.id).map((one) => boxOf(one, seen));
  const { position, guides } = alignTo({ ...boxOf(node, seen), ...only.position }, around);
  return {
    changes: changes.map((change) => (change === only ? { ...only, position } : change)),
    guides: only.dragging === true ? guides : [],
  };
}

function moveAll(draft: FlowDraft, moved: Readonly<Record<string, Point>>): FlowDraft {
  const notes = Object.entries(moved).flatMap(([id, to]) => sortIds([id]).notes.map((note) => [note, to] as const));
  return moveNotes(moveNodes(draft, moved), Object.fromEntries(notes));
}

/** Of what was let go, that which is not where it was. Nothing is while a card is dragged, and nothing is looked up then. */
function elsewhere(moved: Readonly<Record<string, Point>>, nodes: readonly BenchNode[]) {
  const all = Object.entries(moved);
  if (all.length === 0) return all;
  const before = new Map(nodes.map(({ id, position }) => [id, position]));
  return all.filter(([id, { x, y }]) => before.get(id)?.x !== x || before.get(id)?.y !== y);
}

interface Shown {
  readonly projected: readonly BenchNode[];
  readonly groups: readonly Group[];
  readonly selected: readonly string[];
}

/** What the canvas draws, and how its changes become edits. Frames are drawn around where their steps are, also while those move. */
export function useCanvasNodes(store: FlowStore, { projected, groups, selected }: Shown) {
  const [seen, setSeen] = useState<SeenById>({});
  const [guides, setGuides] = useState<readonly Guide[]>([]);
  const latest = useLatest({ projected, seen });
  // The same as long as the flow is open: each new one would tell all of the canvas.
  const onNodesChange = useCallback(
    (given: Change[]) => {
      const { projected, seen } = latest.current;
      const state = store.getState();
      const { changes, guides: lines } = aligned(groupMoves(given, state.draft, projected), projected, seen);
      if (changes.some(({ type }) => type === "position")) setGuides(lines);
      const sorted = sortChanges(changes, {}, state.selected);
      setSeen((before) => sortChanges(changes, before, []).seen);
      if (sorted.selected) state.select(sorted.selected);
      const moved = elsewhere(sorted.moved, projected);
      if (moved.length > 0) {
        const tag = moveTag(moved.map(([id]) => id));
        state.edit((draft) => moveAll(draft, Object.fromEntries(moved)), { tag });
      }
    },
    [store, latest],
  );
  const nodes = useMemo(() => {
    const over = overlay(projected, seen, selected);
    if (groups.length === 0) return over;
    const boxes = new Map(over.map((node) => [node.id, boxOf(node, seen)]));
    return [
      ...overlay(
        toFrames(groups, (id) => boxes.get(id)),
        {},
        selected,
      ),
      ...over,
    ];
  }, [projected, seen, selected, groups]);
  return { nodes, guides, onNodesChange };
}
