import { useReactFlow, useStore, useStoreApi } from "@xyflow/react";
import { useEffect } from "react";
import { useFlow } from "../flow/store-context.js";

/** The inspector has opened and a new card is measured by then. */
const SETTLED = 120;
const MARGIN = 16;
const USUAL = { width: 240, height: 84 };

/** How much of the canvas is seen: on narrow ground the inspector opens above it, and on a phone leaves nothing of it. */
function widthSeen(canvas: HTMLElement | null, needed: number): number {
  const inspector = canvas?.closest(".lw-bench")?.querySelector(".lw-inspector");
  if (!canvas || !inspector) return Infinity;
  const seen = inspector.getBoundingClientRect().left - canvas.getBoundingClientRect().left;
  return seen < needed ? Infinity : seen;
}

/** The selected node is never outside what is seen, nor under the inspector that its selection opened. */
export function KeepInView() {
  const [only, ...others] = useFlow(({ selected }) => selected);
  const id = others.length === 0 ? only : undefined;
  const { getInternalNode, getViewport, setCenter } = useReactFlow();
  const canvas = useStoreApi();
  const across = useStore((state) => state.width);
  useEffect(() => {
    if (id === undefined) return;
    const timer = setTimeout(() => {
      const node = getInternalNode(id);
      if (!node) return;
      const { x, y, zoom } = getViewport();
      const { height, domNode, ...whole } = canvas.getState();
      const size = { width: node.measured.width ?? USUAL.width, height: node.measured.height ?? USUAL.height };
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
