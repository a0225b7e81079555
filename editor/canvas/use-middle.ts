import { useReactFlow, useStoreApi } from "@xyflow/react";
import type { Point } from "../flow/edit.js";

/** The middle of what is seen of the canvas. */
export function useMiddle(): () => Point {
  const canvas = useStoreApi();
  const { screenToFlowPosition } = useReactFlow();
  return () => {
    const { left = 0, top = 0, width = 0, height = 0 } = canvas.getState().domNode?.getBoundingClientRect() ?? {};
    return screenToFlowPosition({ x: left + width / 2, y: top + height / 2 });
  };
}
