import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { DRIVE_QUEUE, driverId, drivers } from "../../workflows/temporal/messages.js";
import { until } from "../../workflows/testing/until.js";
import { setDatabaseClock } from "../testing/database-clock.js";
import { checkInvariants } from "../testing/invariants.js";
import { effects, factsOf, runsOf } from "../testing/ledger-views.js";
import { connect, deeds, post, publishFlow, type FlowHandle } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { allAtRest, PATIENCE_MS } from "./testing/settled.js";

vi.setConfig({ testTimeout: PATIENCE_MS });

const TEN_MINUTES_MS = 600_000;
const fiveMinutes = { mode: "duration", duration: { amount: 5, unit: "minutes" } };
let product: Product;
let waiting: FlowHandle;
let telling: FlowHandle;

beforeAll(async () => {
  product = await startProduct({ timing: { deadlineCapMs: 30_000 } });
  const jira = await connect(product.api, product.sandbox, "jira");
  waiting = await publishFlow(product.api, "wait and tell", {
    nodes: [
      ["pause", "wait", fiveMinutes],
      ["deed", "action", deeds.jira(jira)],
    ],
    edges: "start > pause, pause > deed",
  });
  telling = await publishFlow(product.api, "tell", {
    nodes: [["deed", "action", deeds.jira(jira)]],
    edges: "start > deed",
  });
});
afterAll(() => product.stop());

/** As the product does: a run that was in the lane has no driver yet. */
const poke = (runId: string) =>
  product.temporal.workflow.signalWithStart(drivers.run, {
    workflowId: driverId("run", runId),
    taskQueue: DRIVE_QUEUE,
    args: [runId],
    signal: "poke",
    signalArgs: [],
  });

test("timers and claims follow the database's clock, ten minutes from everybody else's", async () => {
  const { db, sandbox } = product;
  const posted = [await post(waiting)];
  await until(
    () => runsOf(db),
    (runs) => runs.every(({ state }) => state === "waiting"),
    { what: "the wait" },
  );
  sandbox.faults.add({
    system: "jira",
    match: { operation: "POST /issue" },
    times: 1,
    fault: { kind: "hold_after_apply" },
  });
  // By the clock that jumps, Jira has had ten minutes to show the issue: it must not need the two seconds that its search takes by its own.
  sandbox.faults.add({ system: "jira", fault: { kind: "index_lag", ms: 0 } });
  posted.push(await post(telling));
  const held = await until(
    () => effects(db),
    (rows) => rows.some(({ state }) => state === "sending"),
    { what: "a claim" },
  );
  await until(
    () => sandbox.effects().effects,
    (count) => count === 1,
    { what: "its acceptance" },
  );
  await product.roles().worker.kill();
  await product.startWorker();
  // To every other clock five minutes of waiting and most of the claim are still to come.
  await Promise.all(posted.flatMap(({ runIds }) => runIds).map(poke));
  expect(await factsOf(db, "woke")).toEqual([]);
  expect((await effects(db)).map(({ state, attempts }) => ({ state, attempts }))).toEqual([
    { state: "sending", attempts: 1 },
  ]);
  await setDatabaseClock(db, TEN_MINUTES_MS);
  await allAtRest(db, 2);
  expect((await runsOf(db)).map(({ state }) => state)).toEqual(["finished", "finished"]);
  const [found] = (await effects(db)).filter(({ id }) => id === held[0]?.id);
  expect(found).toMatchObject({ state: "done", attempts: 2 });
  await checkInvariants(product, posted);
});

test("with the database's clock behind Temporal's, a driver that wakes early does not go on early", async () => {
  const { db } = product;
  const before = (await factsOf(db, "woke")).length;
  // Without a deed: its rate slot was reserved by the clock that has gone back.
  const pausing = await publishFlow(product.api, "wait", {
    nodes: [
      ["pause", "wait", fiveMinutes],
      ["over", "end", { outcome: "waited" }],
    ],
    edges: "start > pause, pause > over",
  });
  // Temporal waits by spans, not by dates; who wakes early is a poke.
  await setDatabaseClock(db, -TEN_MINUTES_MS);
  const posted = await post(pausing);
  const [runId = ""] = posted.runIds;
  const mine = async () => (await runsOf(db)).find(({ id }) => id === runId);
  await until(mine, (run) => run?.state === "waiting", { what: "the wait" });
  await poke(runId);
  const handle = product.temporal.workflow.getHandle(driverId("run", runId));
  const { historyLength } = await handle.describe();
  for (let poke = 0; poke < 5; poke++) await handle.signal("poke");
  await until(
    () => handle.describe(),
    (now) => now.historyLength > historyLength + 5,
    { what: "a look after the pokes" },
  );
  expect((await factsOf(db, "woke")).length).toBe(before);
  await setDatabaseClock(db, 0);
  await allAtRest(db, 3);
  await checkInvariants(product, [posted]);
});
