import { Context } from "@temporalio/activity";
import { ApplicationFailure, CancelledFailure } from "@temporalio/common";
import type { ActivityExecuteInput, ActivityInboundCallsInterceptor, Next } from "@temporalio/worker";
import { errorCode } from "./error-code.js";

/**
 * Rebuilds every failure as a class and a code: an error's own text may quote a row, a request or a person, and would stand in
 * Temporal's history for ever. The original goes to our own log.
 */
export const rebuildFailures =
  (onError: (error: unknown, activity: string) => void) => (): { inbound: ActivityInboundCallsInterceptor } => ({
    inbound: {
      async execute(
        input: ActivityExecuteInput,
        next: Next<ActivityInboundCallsInterceptor, "execute">,
      ): Promise<unknown> {
        try {
          return await next(input);
        } catch (error) {
          if (error instanceof ApplicationFailure || error instanceof CancelledFailure) throw error;
          onError(error, Context.current().info.activityType);
          throw ApplicationFailure.retryable("the step failed inside Loopwright", errorCode(error));
        }
      },
    },
  });
