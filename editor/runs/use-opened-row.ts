import { useEffect } from "react";
import type { RefObject } from "react";

/** The row of the run at the side stands in view, and has the focus unless something else does: Enter opens its page. */
export function useOpenedRow(
  frame: RefObject<HTMLDivElement | null>,
  index: number,
  scrollToIndex: (index: number) => void,
): void {
  useEffect(() => {
    if (index < 0) return;
    scrollToIndex(index);
    // Rows out of view are not in the document before the list was scrolled.
    const asked = requestAnimationFrame(() => {
      const { activeElement } = document;
      const isFree = activeElement === document.body || frame.current?.contains(activeElement) === true;
      if (isFree) frame.current?.querySelector<HTMLElement>("[aria-current]")?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(asked);
  }, [frame, index, scrollToIndex]);
}
