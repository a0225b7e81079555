import type { UseQueryResult } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { Preview } from "../../server/tries/preview-api.js";
import type { PastEvent } from "../../server/tries/try-api.js";

/** What the forms are shown with. */
export interface Previewed {
  readonly flowId: string;
  readonly events: UseQueryResult<{ readonly items: readonly PastEvent[] }>;
  readonly chosen: PastEvent | null;
  readonly choose: (responseId: string) => void;
  /** Of the step whose form is open; null while it is asked for, or cannot be had. */
  readonly preview: Preview | null;
  readonly error: unknown;
}

const PreviewedContext = createContext<Previewed | null>(null);
export const PreviewedProvider = PreviewedContext.Provider;

/** Null: the reader may not see what was said. */
export const usePreviewed = (): Previewed | null => useContext(PreviewedContext);
export const usePreview = (): Preview | null => usePreviewed()?.preview ?? null;
