import { proxyLocalActivities } from "@temporalio/workflow";
import type { AdvanceActivities } from "./activities/advance.js";
import type { AdvanceNoticeActivities } from "./activities/advance-notice.js";

/** Local: one marker in the history, and no round trip through the task queue. */
export const { advance, advanceNotice } = proxyLocalActivities<AdvanceActivities & AdvanceNoticeActivities>({
  startToCloseTimeout: "2 minutes",
  retry: { initialInterval: "200 milliseconds", maximumInterval: "10 seconds" },
});
