import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { FlowState, FlowStore } from "./store.js";

const StoreContext = createContext<FlowStore | null>(null);
export const FlowStoreProvider = StoreContext.Provider;

export function useFlowStore(): FlowStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error("This part of the editor stands outside a flow.");
  return store;
}

export function useFlow<Part>(part: (state: FlowState) => Part): Part {
  return useStore(useFlowStore(), part);
}

export function useHistory() {
  const { temporal, undo, redo } = useFlowStore();
  const canUndo = useStore(temporal, ({ pastStates }) => pastStates.length > 0);
  const canRedo = useStore(temporal, ({ futureStates }) => futureStates.length > 0);
  return { canUndo, canRedo, undo, redo };
}
