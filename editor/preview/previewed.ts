import type { UseQueryResult } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { Preview } from "../../server/tries/preview-api.js";
import type { PastEvent } from "../../server/tries/try-api.js";
import type { DraftNode } from "../../workflows/flow/schema.js";

/** What the forms are shown with. */
export interface Previewed {
  readonly flowId: string;
  readonly events: UseQueryResult<{ readonly items: readonly PastEvent[] }>;
  readonly chosen: PastEvent | null;
  readonly choose: (responseId: string) => void;
  /** Of the step whose form is open; null while it is asked for, or cannot be had. */
  readonly preview: Preview | null;
  /** What that step's form held when it was asked: since then it may hold something else. */
  readonly askedConfig: DraftNode["config"] | null;
  readonly error: unknown;
  /** Without a connection nothing is asked. */
  readonly isAway: boolean;
}

const PreviewedContext = createContext<Previewed | null>(null);
export const PreviewedProvider = PreviewedContext.Provider;

/** Null: the reader may not see what was said. */
export const usePreviewed = (): Previewed | null => useContext(PreviewedContext);
export const usePreview = (): Preview | null => usePreviewed()?.preview ?? null;
