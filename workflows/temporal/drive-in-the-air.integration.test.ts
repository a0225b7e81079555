import { expect, test } from "vitest";
import { ConnectorError } from "../../integrations/outcome.js";
import { aFlow, aNode } from "../flow/testing/a-flow.js";
import { quickTiming, startExecution } from "../testing/execution.js";
import { createRemote, type Behaviour } from "../testing/fake-action.js";
import { useServers } from "../testing/use-servers.js";
import { until } from "../testing/until.js";

const servers = useServers();

function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

/** temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED */
const CANCEL_REQUESTED: number = 3;

test("a call in the air that fails while its driver begins a new history is tried again, not given up", async () => {
  const [reached, landed] = [gate(), gate()];
  const behave: Behaviour = async ({ attempt, accept }) => {
    if (attempt > 1) return accept();
    reached.open();
    await landed.passed;
    throw new ConnectorError({ outcome: "TRANSIENT", code: "http_429", message: "later", retryAfterMs: 100 });
  };
  const remote = createRemote(behave, { deadlineMs: 120_000 });
  const call = { action: "http.request@1", connectionId: null, input: { url: "https://example.com" } };
  const flow = aFlow([aNode("action", "slow", call)], "start > slow");
  const execution = await startExecution({
    db: servers.database.db,
    engine: servers.engine,
    flow,
    actions: [remote.action],
    dispatch: false,
    // A machine that does much else must not let the call in the air die of a missed heartbeat.
    timing: { ...quickTiming, heartbeatMs: 60_000 },
  });
  try {
    const run = await execution.start();
    await execution.temporal.poke({ kind: "run", id: run.id });
    await reached.passed;
    const driver = execution.temporal.client.workflow.getHandle(`run_${run.id}`);
    for (let n = 0; n < 14; n++) await driver.signal("poke", "x".repeat(450_000));
    await until(
      () => driver.describe(),
      ({ raw }) => raw.pendingActivities?.some(({ state }) => Number(state) === CANCEL_REQUESTED) === true,
    );
    landed.open();
    const view = await execution.until(run.id, ({ state }) => state === "finished" || state === "stuck");
    expect(view.state).toBe("finished");
    expect(remote.accepted).toHaveLength(1);
  } finally {
    // A worker that is stopped with a call that never ends reports that, and hides what went wrong before it.
    landed.open();
    await execution.stop();
  }
});
