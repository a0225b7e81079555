import { useReactFlow, useStore, useStoreApi } from "@xyflow/react";
import { useEffect } from "react";
import { NODE_WIDTH } from "../../workflows/flow/drawing/columns.js";
import { USUAL_HEIGHT } from "../flow/place.js";
import { onlySelected } from "../flow/store.js";
import { useFlow } from "../flow/store-context.js";

/** The inspector has opened and a new card is measured by then. */
const SETTLED = 120;
const MARGIN = 16;

/** How much of the canvas is seen: on narrow ground the inspector opens above it, and on a phone leaves nothing of it. */
function widthSeen(canvas: HTMLElement | null, needed: number): number {
  const inspector = canvas?.closest(".lw-bench")?.querySelector(".lw-inspector");
  if (!canvas || !inspector) return Infinity;
  const seen = inspector.getBoundingClientRect().left - canvas.getBoundingClientRect().left;
  return seen < needed ? Infinity : seen;
}

/** The selected node is never outside what is seen, nor under the inspector that its selection opened. */
export function KeepInView() {
  const id = useFlow(onlySelected);
  const { getInternalNode, getViewport, setCenter } = useReactFlow();
  const canvas = useStoreApi();
  const across = useStore((state) => state.width);
  useEffect(() => {
    if (id === null) return;
    const timer = setTimeout(() => {
      const node = getInternalNode(id);
      if (!node) return;
      const { x, y, zoom } = getViewport();
      const { height, domNode, ...whole } = canvas.getState();
      const size = { width: node.measured.width ?? NODE_WIDTH, height: node.measured.height ?? USUAL_HEIGHT };
      const width = Math.min(whole.width, widthSeen(domNode, size.width * zoom + 2 * MARGIN));
      const left = node.internals.positionAbsolute.x * zoom + x;
      const top = node.internals.positionAbsolute.y * zoom + y;
      const fitsAcross = left >= MARGIN && left + size.width * zoom <= width - MARGIN;
      const fitsDown = top >= MARGIN && top + size.height * zoom <= height - MARGIN;
      if (fitsAcross && fitsDown) return;
      const { positionAbsolute: at } = node.internals;
      const aside = (whole.width - width) / 2 / zoom;
      void setCenter(at.x + size.width / 2 + aside, at.y + size.height / 2, { zoom, duration: 200 });
    }, SETTLED);
    return () => clearTimeout(timer);
  }, [id, getInternalNode, getViewport, setCenter, canvas, across]);
  return null;
}
