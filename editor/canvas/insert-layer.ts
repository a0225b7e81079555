import { useStore } from "@xyflow/react";
import { createContext, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";

/** Where the buttons stand that put a step into a way, and what they are called: found once, not by each of five hundred ways. */
export interface InsertLayer {
  readonly element: Element | null;
  readonly label: string;
}

const LayerContext = createContext<InsertLayer>({ element: null, label: "" });
export const InsertLayerProvider = LayerContext.Provider;
export const useInsertLayer = (): InsertLayer => useContext(LayerContext);

export function useInsertLayerOfCanvas(): InsertLayer {
  const { t } = useTranslation();
  const element = useStore(({ domNode }) => domNode?.querySelector(".react-flow__edgelabel-renderer") ?? null);
  const label = t("canvas.insert");
  return useMemo(() => ({ element, label }), [element, label]);
}
