import { useDebouncedCallback } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import type { PreviewStep } from "../../server/tries/preview-api.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import type { Pins } from "../../workflows/flow/try/pin.js";
import { useMay } from "../api/may.js";
import { queries } from "../api/queries.js";
import { onlySelected } from "../flow/store.js";
import { useFlow, useFlowStore } from "../flow/store-context.js";
import { usePastKind } from "../try/is-started.js";
import { chosenOf, keepChosen, readChosen } from "./chosen-event.js";
import { PreviewedProvider, type Previewed } from "./previewed.js";

interface Props {
  readonly flowId: string;
  /** Answers of earlier steps, as in the try. */
  readonly pins: Pins;
  readonly children: ReactNode;
}

/** After the last key: nobody reads what a half-typed word becomes. */
const TYPING_MS = 250;

/** The forms inside are shown with a past event, for whoever may see what was said and draws flows. */
export function WithPreview(props: Props) {
  const may = useMay();
  if (!may("flows:edit") || !may("feedback:read")) return props.children;
  return <Previewing {...props} />;
}

function Previewing({ flowId, pins, children }: Props) {
  const nodeId = useFlow(onlySelected);
  const events = useQuery({ ...queries.pastEvents(flowId, usePastKind()), enabled: nodeId !== null });
  const [kept, setKept] = useState(() => readChosen(localStorage, flowId));
  const chosen = chosenOf(events.data?.items ?? [], kept);
  const told = usePreviewOf(flowId, { nodeId, responseId: chosen?.responseId ?? null, pins });
  const choose = (responseId: string) => {
    keepChosen(localStorage, flowId, responseId);
    setKept(responseId);
  };
  return <PreviewedProvider value={{ flowId, events, chosen, choose, ...told }}>{children}</PreviewedProvider>;
}

interface Asked {
  readonly nodeId: string | null;
  readonly responseId: string | null;
  readonly pins: Pins;
}

type Told = Pick<Previewed, "preview" | "askedConfig" | "error" | "isAway">;

/** While it is asked anew for the same step and event, what was answered last stays. */
function usePreviewOf(flowId: string, { nodeId, responseId, pins }: Asked): Told {
  const draft = useSettledDraft();
  const drawn = useMemo(() => unplaced(draft), [draft]);
  const isThere = nodeId !== null && draft.nodes.some(({ id }) => id === nodeId);
  const { data, error, isPaused, isPlaceholderData } = useQuery({
    ...queries.preview(flowId, { draft: drawn, nodeId: nodeId ?? "", responseId: responseId ?? "", pins }),
    enabled: isThere && responseId !== null,
    placeholderData: (last) => (last && isOf(last.asked, { nodeId, responseId }) ? last : undefined),
  });
  const isAway = isPaused && (data === undefined || isPlaceholderData);
  if (isAway || !data) return { preview: null, askedConfig: null, error, isAway };
  return { preview: data.preview, askedConfig: configIn(data.asked), error, isAway };
}

const isOf = (asked: PreviewStep, { nodeId, responseId }: Pick<Asked, "nodeId" | "responseId">): boolean =>
  asked.nodeId === nodeId && asked.responseId === responseId;

const configIn = ({ draft, nodeId }: PreviewStep) => draft.nodes.find(({ id }) => id === nodeId)?.config ?? null;

/** What is drawn, once the hand rests: a letter that is typed draws nothing anew here. */
function useSettledDraft(): FlowDraft {
  const store = useFlowStore();
  const [draft, setDraft] = useState(store.getState().draft);
  const settle = useDebouncedCallback(() => setDraft(store.getState().draft), TYPING_MS);
  useEffect(() => store.subscribe(settle), [store, settle]);
  return draft;
}

/** Where a card stands does not matter. */
const unplaced = (draft: FlowDraft): FlowDraft => ({
  ...draft,
  nodes: draft.nodes.map((node) => ({ ...node, position: { x: 0, y: 0 } })),
});
