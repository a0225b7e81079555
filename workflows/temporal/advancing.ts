import { proxyLocalActivities } from "@temporalio/workflow";
import type { AdvanceActivities } from "./activities/advance.js";
import type { AdvanceNoticeActivities } from "./activities/advance-notice.js";
import type { StartActivities } from "./activities/store-start.js";

const retry = { initialInterval: "200 milliseconds", maximumInterval: "10 seconds" } as const;

/** Local: one marker in the history, and no round trip through the task queue. */
export const { advance, advanceNotice } = proxyLocalActivities<AdvanceActivities & AdvanceNoticeActivities>({
  startToCloseTimeout: "2 minutes",
  retry,
});

export const { storeStart } = proxyLocalActivities<StartActivities>({ startToCloseTimeout: "2 minutes", retry });
