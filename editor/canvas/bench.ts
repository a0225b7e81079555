import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Refusal } from "../flow/edit.js";
import type { QuickAddAt } from "../palette/quick-add-at.js";

/** What is open around the drawing. None of it belongs to the document, so undo does not know it. */
export interface Bench {
  readonly adding: QuickAddAt | null;
  /** The context menu: where on the screen, and of what; of the canvas when nothing is named. */
  readonly menu: { readonly x: number; readonly y: number; readonly of: readonly string[] } | null;
  readonly finding: boolean;
  /** The step that a line is chosen for. */
  readonly putting: string | null;
  /** The outline is shown; null as the screen suggests. */
  readonly outline: boolean | null;
  /** The connections that are selected, by their ids on the canvas. */
  readonly edges: readonly string[];
  /** While a line is drawn: the steps that it may not lead to, and why. */
  readonly refusals: ReadonlyMap<string, Refusal> | null;
  /** The port that this line would end at, as `portKey` names it. */
  readonly aimedAt: string | null;
}

const closed: Bench = {
  ...{ adding: null, menu: null, finding: false, putting: null, outline: null },
  ...{ edges: [], refusals: null, aimedAt: null },
};
export const createBench = () => createStore<Bench>()(() => closed);
export type BenchStore = ReturnType<typeof createBench>;

const nobody = createBench();
const BenchContext = createContext<BenchStore>(nobody);
export const BenchProvider = BenchContext.Provider;

export const useBenchStore = (): BenchStore => useContext(BenchContext);
/** Of a run's canvas, where nothing can be opened, everything is closed. */
export const useBench = <Part>(part: (state: Bench) => Part): Part => useStore(useBenchStore(), part);
