import type { Client } from "@temporalio/client";
import { historyToJSON } from "@temporalio/common/lib/proto-utils.js";

export interface History {
  readonly workflowId: string;
  /** As Temporal writes histories to files: payloads are base64. */
  readonly json: string;
}

/** Every history of the client's namespace, closed ones too. */
export async function allHistories(client: Client): Promise<History[]> {
  const histories: History[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    histories.push({ workflowId, json: historyToJSON(history) });
  }
  return histories;
}

/** Everything that a history can be read as: its text, and whatever in it is base64 of something. */
export function readings({ json }: History): string {
  const decoded: string[] = [];
  JSON.parse(json, (_key, value: unknown) => {
    if (typeof value === "string" && /^[A-Za-z0-9+/]+={0,2}$/.test(value))
      decoded.push(Buffer.from(value, "base64").toString("utf8"));
    return value;
  });
  return [json, ...decoded].join("\n");
}
