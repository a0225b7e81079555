import { noop, type QueryClient } from "@tanstack/react-query";
import { queries } from "../api/queries.js";

/** How long what was asked for waits for the page that needs it. */
const KEPT_MS = 10_000;

/** Asks for what the page of a flow draws first, while its script still comes. */
export function askAhead(queryClient: QueryClient, flowId: string): void {
  forgetFlow(queryClient, flowId);
  // What cannot be had is asked for again, and told, by the page.
  queryClient.query({ ...queries.flow(flowId), gcTime: KEPT_MS }).catch(noop);
  queryClient.query(queries.catalogue()).catch(noop);
}

/** A flow is always opened as it is now: the document of an earlier look is not kept. */
export const forgetFlow = (queryClient: QueryClient, flowId: string): void =>
  queryClient.removeQueries({ queryKey: queries.flow(flowId).queryKey, exact: true });
