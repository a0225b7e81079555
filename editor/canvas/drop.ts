import { useReactFlow } from "@xyflow/react";
import { useRef } from "react";
import type { DragEvent } from "react";
import type { Edge } from "../../workflows/flow/schema.js";
import { useFlowStore } from "../flow/store-context.js";
import { useAdding } from "../palette/adding.js";
import { DRAGGED, findItem, usePaletteItems } from "../palette/items.js";
import { edgeId } from "./projection.js";

const AT_THE_MARK = { x: 40, y: 20 };

/** The line under the pointer, by its id: the line itself, or the button in its middle. */
function lineAt(target: EventTarget | null): HTMLElement | SVGElement | null {
  const found = target instanceof Element ? target.closest(".react-flow__edge, [data-edge]") : null;
  return found instanceof HTMLElement || found instanceof SVGElement ? found : null;
}

/** A step from the palette let go on the canvas; on a line it is put in between. */
export function useDrop() {
  const store = useFlowStore();
  const { screenToFlowPosition } = useReactFlow();
  const items = usePaletteItems();
  const { addAt, insert } = useAdding();
  const near = useRef<HTMLElement | SVGElement | null>(null);
  const mark = (line: HTMLElement | SVGElement | null) => {
    delete near.current?.dataset["near"];
    near.current = line;
    if (line) line.dataset["near"] = "true";
  };
  const edgeAt = (target: EventTarget | null): Edge | undefined => {
    const line = lineAt(target);
    const id = line?.dataset["edge"] ?? line?.dataset["id"];
    return store.getState().draft.edges.find((edge) => edgeId(edge) === id);
  };
  const onDrop = (event: DragEvent) => {
    mark(null);
    const item = findItem(items, event.dataTransfer.getData(DRAGGED));
    if (!item) return;
    event.preventDefault();
    const edge = edgeAt(event.target);
    const at = screenToFlowPosition({ x: event.clientX - AT_THE_MARK.x, y: event.clientY - AT_THE_MARK.y });
    if (edge && item.type !== "trigger" && item.group !== "end") insert(item, edge, at);
    else addAt(item, at);
  };
  const onDragOver = (event: DragEvent) => {
    event.preventDefault();
    mark(lineAt(event.target));
  };
  return { onDrop, onDragOver, onDragLeave: () => mark(null) };
}
