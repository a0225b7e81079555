import type { PastEvent } from "../../server/tries/try-api.js";

const keyOf = (flowId: string) => `loopwright.preview.${flowId}`;

/** Which past event a flow's forms are shown with, kept in this browser. */
export const readChosen = (storage: Pick<Storage, "getItem">, flowId: string): string | null =>
  storage.getItem(keyOf(flowId));

export const keepChosen = (storage: Pick<Storage, "setItem">, flowId: string, responseId: string): void =>
  storage.setItem(keyOf(flowId), responseId);

/** The one that was chosen while it is there, else the newest that starts the flow, else the newest. */
export const chosenOf = (events: readonly PastEvent[], kept: string | null): PastEvent | null =>
  events.find(({ responseId }) => responseId === kept) ?? events.find(({ starts }) => starts) ?? events[0] ?? null;
