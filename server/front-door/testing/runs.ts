import { draftNodeSchema, type DraftNode, type FlowDraft } from "../../../workflows/flow/schema.js";
import { aNode, ways } from "../../../workflows/flow/testing/a-flow.js";
import { until } from "../../../workflows/testing/until.js";
import type { RunDetail } from "../../runs/run-api.js";
import type { Client } from "../../testing/http.js";

export const readRun = async (api: Client, runId: string): Promise<RunDetail> =>
  (await api("GET", `/api/runs/${runId}`)).json as RunDetail;

export const runUntil = (api: Client, runId: string, wanted: (run: RunDetail) => boolean): Promise<RunDetail> =>
  until(() => readRun(api, runId), wanted, { what: `run ${runId}`, show: shortened });

const shortened = ({ state, outcome, steps, effects }: RunDetail) => ({
  state,
  outcome,
  steps: steps.map(({ nodeId, state: is, stuck }) => ({ nodeId, is, stuck })),
  effects: effects.map(({ nodeId, slot, state: is, code, message, attempts }) => ({
    nodeId,
    slot,
    is,
    code,
    message,
    attempts,
  })),
});

export const finished = (api: Client, runId: string): Promise<RunDetail> =>
  runUntil(api, runId, ({ state }) => state === "finished" || state === "cancelled");

/** Until every run is over or waits for somebody. */
export const quiet = (api: Client): Promise<RunDetail[]> =>
  until(
    async () => ((await api("GET", "/api/runs?limit=200")).json as { items: RunDetail[] }).items,
    (runs) => runs.every(({ state }) => state === "finished" || state === "cancelled" || state === "waiting"),
  );

export const stepOf = (run: RunDetail, nodeId: string) => {
  const step = run.steps.find((one) => one.nodeId === nodeId);
  if (!step) throw new Error(`the run has no step ${nodeId}`);
  return step;
};

export interface Connections {
  readonly slack: string;
  readonly jira: string;
  readonly salesforce: string;
}

export async function connectionsOf(api: Client): Promise<Connections> {
  const { items } = (await api("GET", "/api/connections")).json as { items: { id: string; connector: string }[] };
  const idOf = (connector: string): string => items.find((one) => one.connector === connector)?.id ?? "";
  return { slack: idOf("slack"), jira: idOf("jira"), salesforce: idOf("salesforce") };
}

/** A flow whose trigger takes only responses about `product`, so that the demo's flows and this one do not mix. */
export function draftFor(product: string, drawn: readonly DraftNode[], edges: string): FlowDraft {
  const when = { match: "all", rows: [{ field: "feedback.product", operator: "equals", value: product }] };
  const nodes = [aNode("trigger", "start", { when }), ...drawn].map((node) => draftNodeSchema.parse(node));
  return { schemaVersion: 1, retiredIds: [], nodes, edges: ways(edges) };
}

/** Creates and publishes through the API; throws with the problems where it cannot be published. */
export async function publishFlow(api: Client, name: string, draft: FlowDraft): Promise<string> {
  const { id } = (await api("POST", "/api/flows", { name, draft })).json as { id: string };
  const published = await api("POST", `/api/flows/${id}/publish`, { revision: 0 });
  if (published.status !== 200) throw new Error(published.text);
  return id;
}
