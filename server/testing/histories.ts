import type { Client } from "@temporalio/client";
import { historyToText } from "../../workflows/testing/history-file.js";

export interface History {
  readonly workflowId: string;
  /** Everything of it; payloads are base64. */
  readonly json: string;
}

/** Every history of the client's namespace, closed ones too. */
export async function allHistories(client: Client): Promise<History[]> {
  const histories: History[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    histories.push({ workflowId, json: historyToText(history) });
  }
  return histories;
}

/** Whatever in a history is base64 of something, as text. */
export function payloads({ json }: History): string {
  const decoded: string[] = [];
  JSON.parse(json, (_key, value: unknown) => {
    if (typeof value === "string" && /^[A-Za-z0-9+/]+={0,2}$/.test(value))
      decoded.push(Buffer.from(value, "base64").toString("utf8"));
    return value;
  });
  return decoded.join("\n");
}

/** Everything that a history can be read as. */
export const readings = (history: History): string => `${history.json}\n${payloads(history)}`;
