import type { OnNodeDrag } from "@xyflow/react";
import { useMemo, useRef } from "react";
import { isLoose, putInto } from "../flow/put-into.js";
import { useFlowStore } from "../flow/store-context.js";
import type { BenchNode } from "./frames.js";
import { moveTag } from "./move-tag.js";
import { lineUnder, useNearLine } from "./near-line.js";
import { pointOf } from "./point-of.js";

/** The middle of a card, where the hand that drags it is beside the line. */
function middleOf(id: string) {
  const box = document.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.getBoundingClientRect();
  return box && { clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
}

const lineBelow = (point: { readonly clientX: number; readonly clientY: number } | undefined) =>
  point ? lineUnder(point.clientX, point.clientY) : null;

/** A step that stands by itself, dragged onto a line and let go there, is put into it: one step of undo with its move. */
export function usePutIn() {
  const store = useFlowStore();
  const { mark, take } = useNearLine();
  const isPutting = useRef(false);
  return useMemo(() => {
    const onNodeDragStart: OnNodeDrag<BenchNode> = (_, { id }, dragged) => {
      isPutting.current = dragged.length === 1 && isLoose(store.getState().draft, id);
    };
    const onNodeDrag: OnNodeDrag<BenchNode> = (event, { id }) => {
      if (isPutting.current) mark(lineBelow(pointOf(event)) ?? lineBelow(middleOf(id)));
    };
    const onNodeDragStop: OnNodeDrag<BenchNode> = (_, { id }) => {
      const edge = take();
      if (edge) store.getState().edit((draft) => putInto(draft, id, edge), { tag: moveTag([id]) });
    };
    return { onNodeDragStart, onNodeDrag, onNodeDragStop };
  }, [store, mark, take]);
}
