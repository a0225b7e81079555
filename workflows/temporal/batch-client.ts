import { Client } from "@temporalio/client";
import type { NativeConnection } from "@temporalio/worker";
import { uuidv7 } from "../ledger/uuid.js";
import type { Drive } from "./lane.js";
import { DRIVE_QUEUE } from "./messages.js";

/**
 * Over the connection of the worker that asks: Temporal then answers the start with the first task ("eager workflow start"), instead of
 * leaving it where a worker polls.
 */
export function createDriveBatch(connection: NativeConnection, namespace: string): Drive {
  const client = new Client({ connection, namespace });
  return async (runIds) => {
    await client.workflow.execute("driveBatch", {
      workflowId: `batch_${uuidv7()}`,
      taskQueue: DRIVE_QUEUE,
      args: [runIds],
      requestEagerStart: true,
    });
  };
}
