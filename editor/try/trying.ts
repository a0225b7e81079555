import { useMutation } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { trySchema, type Try, type TryEvent, type TryStep } from "../../server/tries/try-api.js";
import type { Pin, Pins } from "../../workflows/flow/try/pin.js";
import type { FlowDraft } from "../../workflows/flow/schema.js";
import { request } from "../api/client.js";
import { useFlow, useFlowStore } from "../flow/store-context.js";
import { useRealRuns, type RealRuns, type Saver } from "./real-runs.js";

/** What the flow is tried on, and how the strip calls it. */
export interface Chosen {
  readonly event: TryEvent;
  readonly label: string;
}

export interface Trying extends RealRuns {
  readonly flowId: string;
  readonly chosen: Chosen | null;
  readonly choose: (chosen: Chosen) => void;
  readonly pins: Pins;
  /** Tries again with it; null takes the pin away. */
  readonly pin: (nodeId: string, pin: Pin | null) => void;
  /** Null: nothing was tried yet, or the flow was changed since. */
  readonly result: Try | null;
  readonly isStale: boolean;
  /** The steps that are shown so far, by node. */
  readonly steps: Readonly<Record<string, TryStep>>;
  readonly shown: number;
  readonly step: () => void;
  readonly all: () => void;
  readonly end: () => void;
  readonly isBusy: boolean;
  readonly error: unknown;
}

interface Tried {
  readonly result: Try;
  /** What was tried: where a card stands does not matter. */
  readonly draft: FlowDraft;
  readonly shown: number;
}

interface Asked {
  readonly draft: FlowDraft;
  readonly event: TryEvent;
  readonly pins: Pins;
}

const said = new WeakMap<FlowDraft, string>();
function drawnIn(draft: FlowDraft): string {
  const { nodes, edges } = draft;
  const text = said.get(draft) ?? JSON.stringify([nodes.map(({ position: _, ...node }) => node), edges]);
  said.set(draft, text);
  return text;
}

/** Whether this draft says what that one said; most often it is told without looking at all of it. */
const isDrawn = (draft: FlowDraft, tried: FlowDraft): boolean =>
  draft === tried || (draft.nodes.length === tried.nodes.length && drawnIn(draft) === drawnIn(tried));

/** The steps so far; once all are shown, also those that were left out, faint. */
export function stepsShown({ path, steps }: Try, shown: number): Readonly<Record<string, TryStep>> {
  const reached = new Set(path.slice(0, shown));
  const isAll = shown >= path.length && path.length > 0;
  const told = steps.filter(({ nodeId, state }) => reached.has(nodeId) || (isAll && state === "dead"));
  return Object.fromEntries(told.map((step) => [step.nodeId, step]));
}

const NONE = {};

/** The step that was shown last is selected, so that what it did stands beside it, in place of a form. */
function useShowing(setTried: (tried: Tried) => void): (next: Tried) => void {
  const store = useFlowStore();
  return (next) => {
    setTried(next);
    const { path } = next.result;
    const last = path[next.shown - 1];
    const { select, selected } = store.getState();
    // At the end the whole way is to be seen.
    select(last !== undefined && next.shown < path.length ? [last] : selected);
  };
}

function withPin(pins: Pins, nodeId: string, pin: Pin | null): Pins {
  const { [nodeId]: _, ...others } = pins;
  return pin ? { ...others, [nodeId]: pin } : others;
}

/** Changed at once and not with the next drawing, so that of two pins in one drawing neither is lost. */
function usePins() {
  const [pins, setPins] = useState<Pins>({});
  const latest = useRef(pins);
  const change = (changed: (pins: Pins) => Pins): Pins => {
    latest.current = changed(latest.current);
    setPins(latest.current);
    return latest.current;
  };
  return [pins, change] as const;
}

const useAsk = (flowId: string) =>
  useMutation({
    mutationFn: (body: Asked) => request(trySchema, `/api/flows/${flowId}/try`, { method: "POST", body }),
  });

/** A try of what is on the screen: all at once, or a step at a time. */
export function useTrying(flowId: string, autosave: Saver): Trying {
  const store = useFlowStore();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [pins, setPins] = usePins();
  const { forgetReal, ...realRuns } = useRealRuns(autosave);
  const [tried, setTried] = useState<Tried | null>(null);
  const fresh = useFlow(({ draft }) => (tried && isDrawn(draft, tried.draft) ? tried : null));
  const show = useShowing(setTried);
  const ask = useAsk(flowId);
  // Told only while it is the last that was asked, and of the draft it was asked with, whatever is drawn by then.
  const run = (shown: number, given = pins, { draft } = store.getState()) =>
    chosen &&
    ask.mutate(
      { draft, event: chosen.event, pins: given },
      { onSuccess: (result) => show({ result, draft, shown: Math.min(shown, result.path.length) }) },
    );
  const steps = useMemo(() => (fresh ? stepsShown(fresh.result, fresh.shown) : NONE), [fresh]);
  const forget = () => {
    setPins(() => NONE);
    forgetReal();
    setTried(null);
    ask.reset();
  };
  const goTo = (shown: number) =>
    fresh ? show({ ...fresh, shown: Math.min(shown, fresh.result.path.length) }) : run(shown);
  return {
    flowId,
    ...realRuns,
    chosen,
    choose: (next) => {
      setChosen(next);
      forget();
    },
    pins,
    pin: (nodeId, pin) => {
      run(
        Infinity,
        setPins((given) => withPin(given, nodeId, pin)),
      );
    },
    result: fresh?.result ?? null,
    isStale: tried !== null && fresh === null,
    steps,
    shown: fresh?.shown ?? 0,
    step: () => goTo((fresh?.shown ?? 0) + 1),
    all: () => goTo(Infinity),
    end: forget,
    isBusy: ask.isPending,
    error: ask.error,
  };
}
