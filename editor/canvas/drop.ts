import { useReactFlow } from "@xyflow/react";
import type { DragEvent } from "react";
import { fits } from "../flow/fits.js";
import { useFlowStore } from "../flow/store-context.js";
import { useAdding } from "../palette/adding.js";
import { DRAGGED, findItem, usePaletteItems } from "../palette/items.js";
import { lineAt, useNearLine } from "./near-line.js";

const AT_THE_MARK = { x: 40, y: 20 };

/** A step from the palette let go on the canvas; on a line it is put in between. */
export function useDrop() {
  const { screenToFlowPosition } = useReactFlow();
  const items = usePaletteItems();
  const { addAt, insert } = useAdding();
  const { mark, take } = useNearLine();
  const store = useFlowStore();
  const onDrop = (event: DragEvent) => {
    const edge = take();
    const item = findItem(items, event.dataTransfer.getData(DRAGGED));
    if (!item) return;
    event.preventDefault();
    const at = screenToFlowPosition({ x: event.clientX - AT_THE_MARK.x, y: event.clientY - AT_THE_MARK.y });
    const { draft } = store.getState();
    if (edge && fits(item, "edge", draft)) insert(item, edge, at);
    else if (fits(item, "place", draft)) addAt(item, at);
  };
  const onDragOver = (event: DragEvent) => {
    event.preventDefault();
    mark(lineAt(event.target));
  };
  return { onDrop, onDragOver, onDragLeave: () => mark(null) };
}
