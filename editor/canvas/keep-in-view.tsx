import { useReactFlow, useStore, useStoreApi } from "@xyflow/react";
import type { InternalNode, Viewport } from "@xyflow/react";
import { useEffect, useRef } from "react";
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

interface Moved {
  readonly before: Viewport;
  readonly after: Viewport;
}
const isSame = (a: Viewport, b: Viewport): boolean =>
  [a.x - b.x, a.y - b.y, a.zoom - b.zoom].every((difference) => Math.abs(difference) < 0.5);

/** Where the canvas has to be for the node to be seen whole, and null where it is already. */
function keptInView(
  { measured, internals: { positionAbsolute: at } }: InternalNode,
  { x, y, zoom }: Viewport,
  { domNode, ...whole }: { readonly domNode: HTMLElement | null; readonly width: number; readonly height: number },
): Viewport | null {
  const size = { width: (measured.width ?? NODE_WIDTH) * zoom, height: (measured.height ?? USUAL_HEIGHT) * zoom };
  const width = Math.min(whole.width, widthSeen(domNode, size.width + 2 * MARGIN));
  const [left, top] = [at.x * zoom + x, at.y * zoom + y];
  const fitsAcross = left >= MARGIN && left + size.width <= width - MARGIN;
  const fitsDown = top >= MARGIN && top + size.height <= whole.height - MARGIN;
  if (fitsAcross && fitsDown) return null;
  const [centreX, centreY] = [(width - size.width) / 2, (whole.height - size.height) / 2];
  return { x: centreX - at.x * zoom, y: centreY - at.y * zoom, zoom };
}

/** The selected node is never outside what is seen, nor under the inspector that its selection opened; closed again, all is where it was. */
export function KeepInView() {
  const id = useFlow(onlySelected);
  const { getInternalNode, getViewport, setViewport } = useReactFlow();
  const canvas = useStoreApi();
  const across = useStore((state) => state.width);
  const moved = useRef<Moved>(null);
  useEffect(() => {
    const show = (nodeId: string) => {
      const node = getInternalNode(nodeId);
      if (!node) return;
      const before = getViewport();
      const after = keptInView(node, before, canvas.getState());
      if (!after) return;
      const last = moved.current;
      moved.current = { before: last && isSame(last.after, before) ? last.before : before, after };
      void setViewport(after, { duration: 200 });
    };
    const goBack = () => {
      if (moved.current && isSame(moved.current.after, getViewport()))
        void setViewport(moved.current.before, { duration: 200 });
      moved.current = null;
    };
    const timer = setTimeout(() => (id === null ? goBack() : show(id)), SETTLED);
    return () => clearTimeout(timer);
  }, [id, getInternalNode, getViewport, setViewport, canvas, across]);
  return null;
}
