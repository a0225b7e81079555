import { ViewportPortal } from "@xyflow/react";
import type { Guide } from "./align.js";

const BEYOND = 16;

/** What stands in line with what, while a step is dragged. */
export function Guides({ guides }: { readonly guides: readonly Guide[] }) {
  if (guides.length === 0) return null;
  return (
    <ViewportPortal>
      {guides.map(({ across, at, from, to }) => {
        const [x, y] = across ? [from - BEYOND, at] : [at, from - BEYOND];
        const length = to - from + 2 * BEYOND;
        return (
          <div
            key={String(across)}
            className="lw-guide"
            style={{
              transform: `translate(${String(x)}px, ${String(y)}px)`,
              width: across ? length : 1,
              height: across ? 1 : length,
            }}
          />
        );
      })}
    </ViewportPortal>
  );
}
