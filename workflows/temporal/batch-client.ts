import { Client } from "@temporalio/client";
import type { NativeConnection } from "@temporalio/worker";
import { uuidv7 } from "../ledger/uuid.js";
import type { Drive } from "./lane.js";
import { DRIVE_QUEUE } from "./messages.js";

export interface BatchClient {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** What is done with runs for which no workflow could be started. */
  readonly driveInstead: (runIds: readonly string[], error: unknown) => Promise<void>;
}

const START_WITHIN_MS = 5_000;

/**
 * Over the connection of the worker that asks: Temporal then answers the start with the first task ("eager workflow start"), instead of
 * leaving it where a worker polls.
 */
export function createDriveBatch({ connection, namespace, driveInstead }: BatchClient): Drive {
  const client = new Client({ connection, namespace });
  const start = (runIds: readonly string[]) =>
    client.workflow.start("driveBatch", {
      workflowId: `batch_${uuidv7()}`,
      taskQueue: DRIVE_QUEUE,
      args: [runIds],
      requestEagerStart: true,
    });
  return async (runIds) => {
    const started = await connection
      .withDeadline(Date.now() + START_WITHIN_MS, () => start(runIds))
      .catch((error: unknown) => driveInstead(runIds, error));
    await started?.result();
  };
}
