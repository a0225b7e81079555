import { useMemo, useRef } from "react";
import type { Edge } from "../../workflows/flow/schema.js";
import { useFlowStore } from "../flow/store-context.js";
import { edgeId } from "./projection.js";

type Line = HTMLElement | SVGElement;

/** The line that an element belongs to: the line itself, or the button in its middle. */
export function lineAt(target: EventTarget | null): Line | null {
  const found = target instanceof Element ? target.closest(".react-flow__edge, [data-edge]") : null;
  return found instanceof HTMLElement || found instanceof SVGElement ? found : null;
}

/** The line under a point of the screen, also where a card covers it. */
export function lineUnder(x: number, y: number): Line | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const line = lineAt(element);
    if (line) return line;
  }
  return null;
}

/** Marks the line that something would be put into, one at a time. The same functions as long as the flow is open. */
export function useNearLine() {
  const store = useFlowStore();
  const near = useRef<Line | null>(null);
  return useMemo(() => {
    const mark = (line: Line | null) => {
      if (line === near.current) return;
      delete near.current?.dataset["near"];
      near.current = line;
      if (line) line.dataset["near"] = "true";
    };
    /** The line that was marked, which it then no longer is. */
    const take = (): Edge | undefined => {
      const { edge: ofButton, id } = near.current?.dataset ?? {};
      mark(null);
      return store.getState().draft.edges.find((edge) => edgeId(edge) === (ofButton ?? id));
    };
    return { mark, take };
  }, [store]);
}
