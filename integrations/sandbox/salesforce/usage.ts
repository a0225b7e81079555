import type { SandboxReply } from "../system.js";
import { ok } from "./call.js";

/** An organisation's calls a day; the count is not kept across restarts. */
const MAX = 15_000;

export interface Usage {
  count(reply: SandboxReply): SandboxReply;
  limits(): SandboxReply;
}

export function createUsage(): Usage {
  let used = 0;
  return {
    count(reply) {
      used += 1;
      return { ...reply, headers: { ...reply.headers, "Sforce-Limit-Info": `api-usage=${used}/${MAX}` } };
    },
    limits: () =>
      ok({
        DailyApiRequests: { Max: MAX, Remaining: Math.max(0, MAX - used) },
        DailyAsyncApexExecutions: { Max: 250_000, Remaining: 250_000 },
        DailyWorkflowEmails: { Max: 1_000, Remaining: 1_000 },
        DataStorageMB: { Max: 5, Remaining: 4 },
        FileStorageMB: { Max: 20, Remaining: 19 },
        HourlyTimeBasedWorkflow: { Max: 50, Remaining: 50 },
      }),
  };
}
