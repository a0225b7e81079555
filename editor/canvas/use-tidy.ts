import { useReactFlow } from "@xyflow/react";
import { moveNodes } from "../flow/edit.js";
import { tidy } from "../flow/layout.js";
import { moveNotes, placesBeside } from "../flow/notes.js";
import { useFlowStore } from "../flow/store-context.js";
import { FITTED } from "./fitted.js";
import { USUAL_HEIGHT } from "../flow/place.js";

/** Left to right, in ranks, notes beside what they speak of, and all of it in view. */
export function useTidy() {
  const store = useFlowStore();
  const { getInternalNode, fitView } = useReactFlow();
  return async () => {
    const heightOf = (id: string) => getInternalNode(id)?.measured.height ?? USUAL_HEIGHT;
    const positions = await tidy(store.getState().draft, heightOf);
    store.getState().edit((draft) => moveNotes(moveNodes(draft, positions), placesBeside(draft, positions)));
    await fitView({ ...FITTED, duration: 200 });
  };
}
