import { useDescribe } from "../flow/describe.js";
import { connectNodes } from "../flow/edit.js";
import { fits } from "../flow/fits.js";
import { refusalsFrom } from "../flow/refusals.js";
import { useFlow, useFlowStore } from "../flow/store-context.js";
import { useAdding } from "./adding.js";
import { usePaletteItems } from "./items.js";
import type { PaletteItem } from "./items.js";
import type { QuickAddAt } from "./quick-add-at.js";

/** Something that could stand at a place: a new step, or one that is there already. */
export interface Offer extends Pick<PaletteItem, "key" | "title" | "text" | "mark"> {
  readonly isStep: boolean;
  readonly take: () => void;
}

const ABOVE = 32;

export function useOffers(at: QuickAddAt): readonly Offer[] {
  const { addAt, addFrom, insert } = useAdding();
  const items = usePaletteItems();
  const steps = useStepOffers(at);
  const nodes = useFlow(({ draft }) => draft.nodes);
  const take = (item: PaletteItem) => {
    if (at.kind === "edge") insert(item, at.edge);
    else if (at.kind === "place") addAt(item, at.at);
    else addFrom(item, { from: at.from, output: at.output, position: { x: at.at.x, y: at.at.y - ABOVE } });
  };
  const usable = items.filter((item) => fits(item, at.kind, { nodes }));
  return [...usable.map((item) => ({ ...item, isStep: false, take: () => take(item) })), ...steps];
}

/** Steps that a way out may lead to: the way without a mouse to let ways meet. */
function useStepOffers(at: QuickAddAt): readonly Offer[] {
  const store = useFlowStore();
  const describe = useDescribe();
  if (at.kind !== "output") return [];
  const { draft, edit } = store.getState();
  const { from, output } = at;
  const refused = refusalsFrom(draft, { from, output });
  return draft.nodes
    .filter(({ id }) => !refused.has(id))
    .map((node) => {
      const { title, sentence, mark } = describe(node);
      const take = () => edit((flow) => connectNodes(flow, { from, output, to: node.id }), { select: [node.id] });
      return { key: `step:${node.id}`, title, text: sentence, mark, isStep: true, take };
    });
}
