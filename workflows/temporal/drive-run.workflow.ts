import { continueAsNew } from "@temporalio/workflow";
import { advance } from "./advancing.js";
import { drive } from "./drive.js";

export const driveRun = (runId: string): Promise<void> =>
  drive(
    (gaveUp) => advance(runId, gaveUp),
    () => continueAsNew<typeof driveRun>(runId),
  );
