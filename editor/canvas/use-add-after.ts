import { after } from "../flow/place.js";
import { useFlowStore } from "../flow/store-context.js";
import type { QuickAddAt } from "../palette/quick-add-at.js";
import { useBenchStore } from "./bench.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";

/** What follows a step by its next way out: put in between where something follows already. Null where nothing can follow. */
export function placeAfter(draft: FlowDraft, id: string): QuickAddAt | null {
  const next = after(draft, id);
  if (!next) return null;
  const { from, output, position } = next;
  const [edge, ...others] = draft.edges.filter((one) => one.from === from && one.output === output);
  if (edge && others.length === 0) return { kind: "edge", edge };
  return { kind: "output", from, output, at: position };
}

/** Asks what is to follow a step. */
export function useAddAfter() {
  const store = useFlowStore();
  const bench = useBenchStore();
  return (id: string): (() => void) | null => {
    const adding = placeAfter(store.getState().draft, id);
    return adding && (() => bench.setState({ adding }));
  };
}
