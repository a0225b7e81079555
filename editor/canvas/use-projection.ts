import type { EdgeChange } from "@xyflow/react";
import { useCallback, useDeferredValue, useMemo } from "react";
import type { FlowProblem } from "../../server/flows/flow-api.js";
import type { StepView } from "../../server/runs/run-api.js";
import type { Edge, FlowDraft } from "../../workflows/flow/schema.js";
import { useDescribe } from "../flow/describe.js";
import { groupsOf } from "../flow/groups.js";
import { useFlow, useFlowStore } from "../flow/store-context.js";
import { useBench, useBenchStore } from "./bench.js";
import { useCanvasNodes } from "./canvas-nodes.js";
import { hiddenBy, rerouted, toFolded, toNotes } from "./frames.js";
import { toCanvasEdges, toCanvasNodes } from "./projection.js";
import type { WayEdge } from "./projection.js";
import { useCardProblems } from "./use-card-problems.js";

interface Drawn {
  readonly problems: readonly FlowProblem[];
  /** Of a try: the steps that it went through. */
  readonly steps: Readonly<Record<string, StepView>>;
}

/** Selected connections stand beside the document. */
function useEdges(ways: readonly WayEdge[]) {
  const bench = useBenchStore();
  const selected = useBench((state) => state.edges);
  const onEdgesChange = useCallback(
    (changes: EdgeChange<WayEdge>[]) => bench.setState(({ edges }) => ({ edges: selectedAfter(changes, edges) })),
    [bench],
  );
  const edges = useMemo(
    () => ways.map((way) => (selected.includes(way.id) ? { ...way, selected: true } : way)),
    [ways, selected],
  );
  return { edges, onEdgesChange };
}

function selectedAfter(changes: readonly EdgeChange<WayEdge>[], before: readonly string[]): readonly string[] {
  const chosen = new Set(before);
  for (const change of changes) {
    if (change.type !== "select") continue;
    if (change.selected) chosen.add(change.id);
    else chosen.delete(change.id);
  }
  return [...chosen];
}

const standsAlike = (one: FlowDraft, other: FlowDraft): boolean =>
  one.edges === other.edges &&
  one.groups === other.groups &&
  one.notes === other.notes &&
  one.nodes.length === other.nodes.length &&
  one.nodes.every(
    ({ id, position }, index) => id === other.nodes[index]?.id && position === other.nodes[index].position,
  );

/** A letter that is typed in a form shows there first, and on its card as soon as there is time. What moves a card moves it at once. */
function useUnhurriedWords(): FlowDraft {
  const draft = useFlow((state) => state.draft);
  const before = useDeferredValue(draft);
  return standsAlike(draft, before) ? before : draft;
}

/** Whoever may only look could not unfold a group: to them all are. */
function useShownDraft(mayEdit: boolean): FlowDraft {
  const draft = useUnhurriedWords();
  return useMemo(() => {
    if (mayEdit || !draft.groups) return draft;
    return { ...draft, groups: draft.groups.map((group) => ({ ...group, collapsed: false })) };
  }, [draft, mayEdit]);
}

/** The document as the canvas draws it: cards, notes, frames, folded groups, and the ways between them. */
export function useProjection({ problems, steps }: Drawn, onInsert: ((edge: Edge) => void) | null) {
  const store = useFlowStore();
  const draft = useShownDraft(onInsert !== null);
  const selected = useFlow((state) => state.selected);
  const describe = useDescribe();
  const told = useCardProblems(problems, draft.nodes);
  const projected = useMemo(() => {
    const cards = toCanvasNodes(draft, { describe, ...told, steps });
    const hidden = hiddenBy(draft);
    return [...toNotes(draft), ...cards.filter(({ id }) => !hidden.has(id)), ...toFolded(draft, cards)];
  }, [draft, describe, told, steps]);
  const { edges, groups } = draft;
  const ways = useMemo(
    () => rerouted(toCanvasEdges({ edges }, steps, onInsert), hiddenBy(groups ? { groups } : {})),
    [edges, groups, steps, onInsert],
  );
  return { ...useCanvasNodes(store, { projected, groups: groupsOf(draft), selected }), ...useEdges(ways) };
}
