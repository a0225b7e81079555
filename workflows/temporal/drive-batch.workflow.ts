import { proxyLocalActivities } from "@temporalio/workflow";
import type { LaneActivities } from "./activities/lane.js";

/** Once: whatever does not get through is handed over, or is due again when its lease ends. */
const { advanceInLane } = proxyLocalActivities<LaneActivities>({
  startToCloseTimeout: "2 minutes",
  retry: { maximumAttempts: 1 },
});

/** Many runs side by side, each to its end or to where it must wait. */
export async function driveBatch(runIds: readonly string[]): Promise<void> {
  await advanceInLane(runIds).catch(() => undefined);
}
