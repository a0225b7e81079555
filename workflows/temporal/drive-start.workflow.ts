import { defineSearchAttributeKey } from "@temporalio/common";
import { workflowInfo } from "@temporalio/workflow";
import { storeStart } from "./advancing.js";

/** Temporal's own: the time that was meant, however late this is. */
const scheduledTime = defineSearchAttributeKey("TemporalScheduledStartTime", "DATETIME");

/** What a schedule does at each of its times: it has the start stored for that time, and is over. Answers what became of it. */
export function driveStart(flowId: string): Promise<string> {
  const { typedSearchAttributes, startTime } = workflowInfo();
  const at = typedSearchAttributes.get(scheduledTime) ?? startTime;
  return storeStart(flowId, at.toISOString());
}
