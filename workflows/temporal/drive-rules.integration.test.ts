import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { ApplicationFailure, type WorkflowHandle } from "@temporalio/client";
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from "@temporalio/worker";
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from "vitest";
import { openTestNamespace, type TestTemporalClient } from "../../server/testing/temporal-namespace.js";
import type { driveScript } from "../testing/scripted-driver.workflow.js";
import { until } from "../testing/until.js";
import { connectorQueue, type Next, type StartEffect } from "./messages.js";

const DRIVERS = "scripted-drivers";
const DAY_MS = 86_400_000;
/** temporal.api.enums.v1.EventType */
const EVENT = { taskCompleted: 7, activityCompleted: 12, activityFailed: 13, signaled: 26 } as const;

let temporal: TestTemporalClient;
let stopWorkers: () => Promise<unknown>;
/** What the driver's `advance` and its effect come to: each test's own. */
let script: { look(gaveUp: readonly string[]): Promise<Next>; perform(): Promise<void> };

beforeAll(async () => {
  const address = inject("temporalAddress");
  temporal = await openTestNamespace(address);
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL("../testing/scripted-driver.workflow.ts", import.meta.url)),
    logger: new DefaultLogger("ERROR"),
  });
  const connection = await NativeConnection.connect({ address });
  const shared = { connection, namespace: temporal.namespace };
  const workers = await Promise.all([
    Worker.create({
      ...shared,
      workflowBundle,
      taskQueue: DRIVERS,
      activities: { look: (gaveUp: readonly string[]) => script.look(gaveUp) },
    }),
    Worker.create({
      ...shared,
      taskQueue: connectorQueue("http"),
      activities: { "http.request": () => script.perform() },
    }),
  ]);
  const ended = Promise.all(workers.map((worker) => worker.run()));
  stopWorkers = async () => {
    for (const worker of workers) worker.shutdown();
    await ended;
    await connection.close();
  };
});
afterAll(async () => {
  await stopWorkers();
  await temporal.close();
});

function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

const effect: StartEffect = {
  effectId: "e1",
  activity: "http.request",
  connector: "http",
  door: "door",
  isFirst: true,
  closeMs: 60_000,
  tryMs: 60_000,
  heartbeatMs: 60_000,
};
const nothing: Next = { finished: false, state: "", open: [], start: [], waitMs: DAY_MS };
const finished: Next = { ...nothing, finished: true };
const starts: Next = { ...nothing, open: ["e1"], start: [effect] };

/** A look that the driver makes: the test answers it when it likes. */
interface Look {
  readonly gaveUp: readonly string[];
  answer(next: Next): void;
}

async function startDriver(perform: () => Promise<void> = () => Promise.resolve()) {
  const looks: Look[] = [];
  script = {
    perform,
    look: (gaveUp) => new Promise((answer) => looks.push({ gaveUp, answer })),
  };
  const driver = await temporal.client.workflow.start<typeof driveScript>("driveScript", {
    args: [],
    workflowId: randomUUID(),
    taskQueue: DRIVERS,
  });
  onTestFinished(async () => {
    await driver.terminate("the test is over").catch(() => undefined);
    for (const { answer } of looks) answer(finished);
  });
  return {
    driver,
    looks,
    look: async (n: number) =>
      (
        await until(
          () => looks,
          ({ length }) => length >= n,
        )
      )[n - 1]!,
  };
}

/** Until so many events of this kind happened, and the driver's code ran since. */
const heard = (driver: WorkflowHandle, event: number, times = 1) =>
  until(
    async () => ((await driver.fetchHistory()).events ?? []).map(({ eventType }) => Number(eventType)),
    (types) =>
      types.filter((type) => type === event).length >= times &&
      types.lastIndexOf(EVENT.taskCompleted) > types.lastIndexOf(event),
  );

const isCancelRequested = async (driver: WorkflowHandle): Promise<boolean> => {
  const { raw } = await driver.describe();
  // temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_CANCEL_REQUESTED
  return raw.pendingActivities?.some(({ state }) => Number(state) === 3) === true;
};

test.each([
  ["makes it look again", nothing],
  ["at a run that needs it no more makes it look again before it ends", finished],
])("a poke that comes while the driver looks %s", async (_what, seen) => {
  const { driver, look } = await startDriver();
  const first = await look(1);
  await driver.signal("poke");
  await heard(driver, EVENT.signaled);
  first.answer(seen);
  (await look(2)).answer(finished);
  await driver.result();
});

test("an effect that settles while the driver looks makes it look again, before anything is started from the old picture", async () => {
  const landed = gate();
  let performed = 0;
  const { driver, look } = await startDriver(() => {
    performed += 1;
    return landed.passed;
  });
  (await look(1)).answer(starts);
  await until(
    () => performed,
    (n) => n === 1,
  );
  await driver.signal("poke");
  const second = await look(2);
  landed.open();
  // The first look and the effect.
  await heard(driver, EVENT.activityCompleted, 2);
  // Of before it settled.
  second.answer(starts);
  (await look(3)).answer(finished);
  await driver.result();
  expect(performed).toBe(1);
});

test("what Temporal gave up on while the driver looked is told at the next look, once", async () => {
  const landed = gate();
  const { driver, look } = await startDriver(async () => {
    await landed.passed;
    throw ApplicationFailure.nonRetryable("no");
  });
  (await look(1)).answer(starts);
  await driver.signal("poke");
  const second = await look(2);
  landed.open();
  await heard(driver, EVENT.activityFailed);
  second.answer(nothing);
  const third = await look(3);
  third.answer(nothing);
  await driver.signal("poke");
  const fourth = await look(4);
  fourth.answer(finished);
  await driver.result();
  expect([second, third, fourth].map(({ gaveUp }) => gaveUp)).toEqual([[], ["e1"], []]);
});

test.each(["succeeds", "fails"])(
  "a cancelled call in the air settles before the driver finishes, and is not given up though it %s",
  async (how) => {
    const [reached, landed] = [gate(), gate()];
    let settled = false;
    const { driver, looks, look } = await startDriver(async () => {
      reached.open();
      await landed.passed;
      settled = true;
      if (how === "fails") throw ApplicationFailure.retryable("later");
    });
    (await look(1)).answer(starts);
    await reached.passed;
    await driver.signal("poke");
    // The run is over: nothing of it is open any more.
    (await look(2)).answer(finished);
    await until(
      () => isCancelRequested(driver),
      (is) => is,
    );
    // Another look, the call still in the air: there is nothing left to do but to wait for it.
    await driver.signal("poke");
    (await look(3)).answer(finished);
    await heard(driver, EVENT.activityCompleted, 3);
    expect([(await driver.describe()).status.name, settled]).toEqual(["RUNNING", false]);
    landed.open();
    (await look(4)).answer(finished);
    await driver.result();
    expect(settled).toBe(true);
    expect(looks.map(({ gaveUp }) => gaveUp)).toEqual([[], [], [], []]);
  },
);
