import { continueAsNew, proxyActivities } from "@temporalio/workflow";
import { drive, type Advance } from "../temporal/drive.js";

/** An activity over the network, not a local one: what happens while it runs reaches the driver at once. */
const { look } = proxyActivities<{ look: Advance }>({
  startToCloseTimeout: "60 seconds",
  retry: { maximumAttempts: 1 },
});

/** The driver itself; only what `advance` answers, and when, is a test's. */
export const driveScript = (): Promise<void> => drive(look, () => continueAsNew<typeof driveScript>());
