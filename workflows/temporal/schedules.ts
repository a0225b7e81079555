import { ScheduleAlreadyRunning, ScheduleNotFoundError, type Client } from "@temporalio/client";
import { DRIVE_QUEUE } from "./messages.js";

/** When a flow starts by itself. */
export interface FlowSchedule {
  readonly flowId: string;
  /** In UTC. They may come more often than is meant: whoever stores a start asks what its time is. */
  readonly lines: readonly string[];
}

/** Temporal's schedules, by ids of ours. What is there already is no error, nor is what is not there any more. */
export interface Schedules {
  /** Ids that begin so. */
  readonly list: (prefix: string) => Promise<readonly string[]>;
  readonly create: (id: string, schedule: FlowSchedule) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}

/** How long after its time a start is still made up for, when everything was down. */
const CATCH_UP = "1 hour";

export const createSchedules = ({ schedule: schedules }: Client): Schedules => ({
  async list(prefix) {
    const ids: string[] = [];
    for await (const { scheduleId } of schedules.list()) if (scheduleId.startsWith(prefix)) ids.push(scheduleId);
    return ids;
  },
  async create(id, { flowId, lines }) {
    await schedules
      .create({
        scheduleId: id,
        spec: { cronExpressions: [...lines] },
        action: {
          ...{ type: "startWorkflow", workflowType: "driveStart", taskQueue: DRIVE_QUEUE, workflowId: id },
          args: [flowId],
        },
        // Which of those that were missed is started is decided where it is stored.
        policies: { catchupWindow: CATCH_UP, overlap: "ALLOW_ALL" },
      })
      .catch((error: unknown) => {
        if (!(error instanceof ScheduleAlreadyRunning)) throw error;
      });
  },
  async remove(id) {
    await schedules
      .getHandle(id)
      .delete()
      .catch((error: unknown) => {
        if (!(error instanceof ScheduleNotFoundError)) throw error;
      });
  },
});
