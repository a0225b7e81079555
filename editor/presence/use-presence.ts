import { useQuery } from "@tanstack/react-query";
import type { UseQueryResult } from "@tanstack/react-query";
import { presenceSchema } from "../../server/presence/presence-api.js";
import type { Presence } from "../../server/presence/presence-api.js";
import { request } from "../api/client.js";

const BEAT_EVERY_MS = 20_000;

/** A page that has a flow open. */
export interface Here {
  readonly flowId: string;
  readonly tabId: string;
}

export const presenceKey = ({ flowId, tabId }: Here) => ["presence", flowId, tabId] as const;
export const presencePath = ({ flowId, tabId }: Here): string => `/api/flows/${flowId}/presence/${tabId}`;

/** Says that this page is there, and learns who else is. Asking goes on while the page is hidden: it may hold the pen. */
export const usePresence = (here: Here): UseQueryResult<Presence> =>
  useQuery({
    queryKey: presenceKey(here),
    // Not by its signal: what is said is said.
    queryFn: () => request(presenceSchema, presencePath(here), { method: "PUT" }),
    refetchInterval: BEAT_EVERY_MS,
    refetchIntervalInBackground: true,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  });
