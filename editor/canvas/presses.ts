import { useMemo } from "react";
import type { MouseEvent as PointerPress } from "react";
import { useFlowStore } from "../flow/store-context.js";
import { useBenchStore } from "./bench.js";
import type { BenchNode } from "./frames.js";

/** A press on one of several that are selected selects it alone; the right button on what is not selected selects that first. */
export function usePresses() {
  const store = useFlowStore();
  const bench = useBenchStore();
  return useMemo(() => {
    const open = (event: PointerPress | MouseEvent, of: readonly string[]) => {
      event.preventDefault();
      bench.setState({ menu: { x: event.clientX, y: event.clientY, of } });
    };
    return {
      onNodeClick: ({ ctrlKey, metaKey, shiftKey }: PointerPress, { id }: BenchNode) => {
        const { selected, select } = store.getState();
        if (selected.length > 1 && selected.includes(id) && !ctrlKey && !metaKey && !shiftKey) select([id]);
      },
      onNodeContextMenu: (event: PointerPress, { id }: BenchNode) => {
        const { selected, select } = store.getState();
        if (!selected.includes(id)) select([id]);
        open(event, store.getState().selected);
      },
      onSelectionContextMenu: (event: PointerPress) => open(event, store.getState().selected),
      onPaneContextMenu: (event: PointerPress | MouseEvent) => open(event, []),
    };
  }, [store, bench]);
}
