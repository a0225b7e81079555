import { BaseEdge, getSmoothStepPath } from "@xyflow/react";
import type { EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { createPortal } from "react-dom";
import { useInsertLayer } from "./insert-layer.js";
import type { WayEdge } from "./projection.js";

const HALF_A_BUTTON = 11;

export const WayView = memo(function WayView(props: EdgeProps<WayEdge>) {
  const { id, data, selected } = props;
  const { element, label } = useInsertLayer();
  const [path, x, y] = getSmoothStepPath({ ...props, borderRadius: 10, offset: 24 });
  const onInsert = data?.onInsert;
  return (
    <>
      <BaseEdge id={id} path={path} className={`lw-way lw-way-${data?.way ?? "open"}`} interactionWidth={22} />
      {onInsert &&
        element &&
        createPortal(
          <button
            type="button"
            className="lw-way-add nodrag nopan"
            data-selected={selected}
            data-edge={id}
            aria-label={label}
            style={{ transform: `translate(${String(x - HALF_A_BUTTON)}px, ${String(y - HALF_A_BUTTON)}px)` }}
            onClick={() => onInsert(data.edge)}
          >
            +
          </button>,
          element,
        )}
    </>
  );
});
