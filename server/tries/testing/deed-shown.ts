import { randomUUID } from "node:crypto";
import type { FlowDetail } from "../../flows/flow-api.js";
import type { Client } from "../../testing/http.js";
import { trySchema, type Try } from "../try-api.js";

export interface Deed {
  readonly event: object;
  readonly pins: object;
}

export const madeUp = (feedback: object = {}) => ({
  kind: "madeUp",
  feedback: { metric: "nps", score: 3, ...feedback },
});

/** What the panel sends after a try to do a step for real: what it was shown, and a key of its own. */
export async function deedShown(
  as: Client,
  flowId: string,
  nodeId: string,
  { event = madeUp(), pins = {} }: Partial<Deed>,
) {
  const tried = trySchema.parse((await as("POST", `/api/flows/${flowId}/try`, { event, pins })).json);
  const { draftRevision: revision } = (await as("GET", `/api/flows/${flowId}`)).json as FlowDetail;
  return { key: randomUUID(), nodeId, revision, event, pins, ...shownOf(tried, nodeId) };
}

function shownOf({ at, effects }: Try, nodeId: string) {
  const { connection, request, input } = effects.find((effect) => effect.nodeId === nodeId) ?? {};
  return { at, shown: { connectionId: connection?.id ?? randomUUID(), url: request?.url ?? "", input: input ?? {} } };
}
