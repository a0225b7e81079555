import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useEffect } from "react";
import { useFlow } from "../flow/store-context.js";

/** The inspector has opened and a new card is measured by then. */
const SETTLED = 120;
const MARGIN = 16;
const USUAL = { width: 240, height: 84 };

/** The selected node is never outside what is seen, nor under the inspector that its selection opened. */
export function KeepInView() {
  const [only, ...others] = useFlow(({ selected }) => selected);
  const id = others.length === 0 ? only : undefined;
  const { getInternalNode, getViewport, setCenter } = useReactFlow();
  const canvas = useStoreApi();
  useEffect(() => {
    if (id === undefined) return;
    const timer = setTimeout(() => {
      const node = getInternalNode(id);
      if (!node) return;
      const { x, y, zoom } = getViewport();
      const { width, height } = canvas.getState();
      const size = { width: node.measured.width ?? USUAL.width, height: node.measured.height ?? USUAL.height };
      const left = node.internals.positionAbsolute.x * zoom + x;
      const top = node.internals.positionAbsolute.y * zoom + y;
      const fitsAcross = left >= MARGIN && left + size.width * zoom <= width - MARGIN;
      const fitsDown = top >= MARGIN && top + size.height * zoom <= height - MARGIN;
      if (fitsAcross && fitsDown) return;
      const { positionAbsolute: at } = node.internals;
      void setCenter(at.x + size.width / 2, at.y + size.height / 2, { zoom, duration: 200 });
    }, SETTLED);
    return () => clearTimeout(timer);
  }, [id, getInternalNode, getViewport, setCenter, canvas]);
  return null;
}
