import { BaseEdge, getSmoothStepPath } from "@xyflow/react";
import type { EdgeProps } from "@xyflow/react";
import { memo } from "react";
import { createPortal } from "react-dom";
import { useInsertLayer } from "./insert-layer.js";
import type { WayEdge } from "./projection.js";

const HALF_A_BUTTON = 11;
const OFFSET = 24;

/** Before the way bends: the ways of one step come together in their middle, and their buttons would lie on one another. */
const placeOfButton = ({ sourceX, sourceY }: EdgeProps<WayEdge>, middleX: number): string =>
  `translate(${String((sourceX + Math.max(middleX, sourceX + OFFSET)) / 2 - HALF_A_BUTTON)}px, ${String(sourceY - HALF_A_BUTTON)}px)`;

export const WayView = memo(function WayView(props: EdgeProps<WayEdge>) {
  const { id, data, selected } = props;
  const { element, label } = useInsertLayer();
  const [path, middleX] = getSmoothStepPath({ ...props, borderRadius: 10, offset: OFFSET });
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
            style={{ transform: placeOfButton(props, middleX) }}
            onClick={() => onInsert(data.edge)}
          >
            +
          </button>,
          element,
        )}
    </>
  );
});
