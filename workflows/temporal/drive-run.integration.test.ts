import { sql } from "kysely";
import { expect, test } from "vitest";
import { ConnectorError } from "../../integrations/outcome.js";
import { aFlow, aNode } from "../flow/testing/a-flow.js";
import { effectsOf } from "../ledger/effect-store.js";
import { counterOf, startExecution, type ExecutionOptions } from "../testing/execution.js";
import { createRemote } from "../testing/fake-action.js";
import { useServers } from "../testing/use-servers.js";
import { until } from "../testing/until.js";

const servers = useServers();

async function withExecution(
  options: Pick<ExecutionOptions, "flow" | "actions"> & Partial<ExecutionOptions>,
  work: (execution: Awaited<ReturnType<typeof startExecution>>) => Promise<void>,
): Promise<void> {
  const execution = await startExecution({
    db: servers.database.db,
    engine: servers.engine,
    ...options,
  });
  try {
    await work(execution);
  } finally {
    await execution.stop();
  }
}

const call = (id: string) =>
  aNode("action", id, { action: "http.request@1", connectionId: null, input: { url: `https://example.com/${id}` } });
const refused = (outcome: "REJECTED" | "TRANSIENT" | "AMBIGUOUS") =>
  new ConnectorError({ outcome, code: "http_500", message: "no" });

test("a run goes through its steps, each effect once, and finishes", async () => {
  const remote = createRemote();
  const flow = aFlow(
    [call("one"), call("two"), aNode("end", "end", { outcome: "told" })],
    "start > one, one > two, two > end",
  );
  await withExecution({ flow, actions: [remote.action] }, async (execution) => {
    const run = await execution.start();
    const view = await execution.until(run.id, ({ state }) => state === "finished");
    expect(view.outcome).toBe("told");
    expect(new Set(remote.accepted.map(({ key }) => key)).size).toBe(2);
    expect(remote.accepted).toHaveLength(2);
    expect(execution.errors).toEqual([]);
  });
});

test("parallel branches do not wait for each other: one that keeps failing holds up neither its sibling nor a cancel", async () => {
  const remote = createRemote(({ key, accept }) => {
    if (broken.has(key)) throw refused("TRANSIENT");
    return accept();
  });
  const broken = new Set<string>();
  const flow = aFlow([call("down"), call("up")], "start > down, start > up");
  await withExecution({ flow, actions: [remote.action], dispatch: false }, async (execution) => {
    const run = await execution.start();
    await execution.advance.advance(run.id, []);
    const [down] = (await effectsOf(servers.database.db, { kind: "run", id: run.id })).filter(
      ({ node_id }) => node_id === "down",
    );
    broken.add(down?.key ?? "");
    await execution.temporal.poke({ kind: "run", id: run.id });
    const view = await execution.until(run.id, ({ steps }) => steps["up"]?.state === "done");
    expect(view.steps["down"]?.state).toBe("running");
    await execution.append(run.id, { kind: "cancelled", nodeId: null, data: { by: "tester" } }, "cancelled");
    const over = await execution.until(run.id, ({ state, outcome }) => state === "cancelled" && outcome !== null);
    expect(over.steps["up"]?.state).toBe("done");
    expect(remote.accepted).toHaveLength(1);
  });
});

test("a reply lost after the effect happened is found again, and nothing is sent twice", async () => {
  const remote = createRemote(({ attempt, accept }) => {
    const sent = accept();
    if (attempt === 1) throw refused("AMBIGUOUS");
    return sent;
  });
  const flow = aFlow([call("one")], "start > one");
  await withExecution({ flow, actions: [remote.action] }, async (execution) => {
    const run = await execution.start();
    await execution.until(run.id, ({ state }) => state === "finished");
    expect(remote.accepted).toHaveLength(1);
    const [effect] = await effectsOf(servers.database.db, { kind: "run", id: run.id });
    expect(effect).toMatchObject({ state: "done", attempts: 2 });
  });
});

test("a refusal takes the way on failure where one is drawn, and else leaves the step stuck until a person retries", async () => {
  const remote = createRemote(({ attempt, accept, key }) => {
    if (attempt === 1 && !healed.has(key)) throw refused("REJECTED");
    return accept();
  });
  const healed = new Set<string>();
  const flow = aFlow(
    [call("drawn"), call("fallback"), call("undrawn")],
    "start > drawn, drawn:failure > fallback, start > undrawn",
  );
  await withExecution({ flow, actions: [remote.action], dispatch: false }, async (execution) => {
    const run = await execution.start();
    await execution.temporal.poke({ kind: "run", id: run.id });
    const stuck = await execution.until(
      run.id,
      ({ steps }) => steps["undrawn"]?.state === "stuck" && steps["fallback"]?.state === "stuck",
    );
    expect(stuck.steps["drawn"]).toMatchObject({ state: "failed", output: "failure" });
    expect(execution.incidents.map(({ kind }) => kind)).toContain("run_stuck");
    for (const nodeId of ["undrawn", "fallback"])
      await execution.append(run.id, { kind: "retried", nodeId, data: { slot: "main", iteration: 1, by: "tester" } });
    await execution.until(
      run.id,
      ({ steps }) => steps["undrawn"]?.iteration === 1 && steps["fallback"]?.iteration === 1,
    );
    // A retry is another effect with a key of its own; the remote refuses its first try too.
    await execution.until(
      run.id,
      ({ state, steps }) =>
        state === "stuck" && steps["undrawn"]?.state === "stuck" && steps["fallback"]?.state === "stuck",
    );
    for (const effect of await effectsOf(servers.database.db, { kind: "run", id: run.id })) healed.add(effect.key);
    for (const nodeId of ["undrawn", "fallback"])
      await execution.append(run.id, { kind: "skipped", nodeId, data: { by: "tester", output: "next" } });
    await execution.until(run.id, ({ state }) => state === "finished");
  });
});

test("what cannot be looked up parks in doubt, visibly, and a person's finding heals it", async () => {
  const remote = createRemote(
    () => {
      throw refused("AMBIGUOUS");
    },
    {
      find: () => Promise.resolve({ kind: "inconclusive", reason: "no history" }),
      doubt: { windowMs: 20_000, waitsMs: [5_000] },
    },
  );
  const flow = aFlow([call("one")], "start > one");
  await withExecution({ flow, actions: [remote.action] }, async (execution) => {
    const run = await execution.start();
    const view = await execution.until(run.id, ({ state }) => state === "stuck");
    expect(view.steps["one"]?.stuck).toMatchObject({ inDoubt: true });
    const [effect] = await effectsOf(servers.database.db, { kind: "run", id: run.id });
    expect(effect?.state).toBe("ambiguous");
    await execution.found(run.id, effect!.id);
    await execution.until(run.id, ({ state }) => state === "finished");
  });
});

test("a run whose driver is lost with all of Temporal's memory of it is rescued by its due time", async () => {
  const remote = createRemote();
  const flow = aFlow(
    [call("one"), aNode("wait", "pause", { mode: "duration", duration: { amount: 1, unit: "minutes" } })],
    "start > pause, pause > one",
  );
  await withExecution({ flow, actions: [remote.action] }, async (execution) => {
    const run = await execution.start();
    await execution.until(run.id, ({ steps }) => steps["pause"]?.state === "waiting");
    await execution.temporal.client.workflow.getHandle(`run_${run.id}`).terminate("lost");
    const before = await counterOf(servers.database.db, "rescued_total");
    // Due, and nobody pokes: only the sweeper can find it.
    await execution.makeDue(run.id);
    await execution.until(run.id, ({ state }) => state === "finished");
    expect(remote.accepted).toHaveLength(1);
    expect(await counterOf(servers.database.db, "rescued_total")).toBeGreaterThan(before);
  });
});

test("two drivers of one run do nothing twice", async () => {
  const remote = createRemote();
  const flow = aFlow([call("one"), call("two")], "start > one, one > two");
  await withExecution({ flow, actions: [remote.action], dispatch: false }, async (execution) => {
    const runs = await Promise.all(Array.from({ length: 10 }, () => execution.start()));
    const second = (runId: string) =>
      execution.temporal.client.workflow.start("driveRun", {
        workflowId: `second_${runId}`,
        taskQueue: "loopwright-drive",
        args: [runId],
      });
    await Promise.all(runs.flatMap(({ id }) => [execution.temporal.poke({ kind: "run", id }), second(id)]));
    for (const { id } of runs) await execution.until(id, ({ state }) => state === "finished");
    expect(remote.accepted).toHaveLength(20);
    expect(new Set(remote.accepted.map(({ key }) => key)).size).toBe(20);
  });
});

test("a stop ends what was not sent yet, and sends it never", async () => {
  const remote = createRemote(({ accept, attempt }) => {
    if (attempt === 1)
      throw new ConnectorError({ outcome: "TRANSIENT", code: "http_429", message: "later", retryAfterMs: 600_000 });
    return accept();
  });
  const gate = aNode("condition", "gate", {
    when: { match: "all", rows: [{ field: "feedback.score", operator: "atMost", value: 6 }] },
  });
  const pause = aNode("wait", "pause", { mode: "duration", duration: { amount: 1, unit: "minutes" } });
  const flow = aFlow(
    [call("slow"), gate, pause, aNode("stop", "halt", { outcome: "halted" })],
    "start > slow, start > gate, gate:yes > pause, pause > halt",
  );
  await withExecution({ flow, actions: [remote.action] }, async (execution) => {
    const run = await execution.start();
    await execution.until(run.id, ({ steps }) => steps["pause"]?.state === "waiting");
    await execution.makeDue(run.id);
    const view = await execution.until(run.id, ({ outcome }) => outcome !== null);
    expect(view.outcome).toBe("halted");
    expect(remote.accepted).toEqual([]);
    const [effect] = await effectsOf(servers.database.db, { kind: "run", id: run.id });
    expect(effect).toMatchObject({ state: "failed", code: "cancelled" });
    // Its next try would have come in ten minutes: what is not open any more is cancelled in flight, and the driver ends.
    const driver = execution.temporal.client.workflow.getHandle(`run_${run.id}`);
    await until(
      () => driver.describe(),
      ({ status }) => status.name === "COMPLETED",
    );
  });
});

test("a driver with a long history begins a new one, and forgets nothing: not a try that is still to come, not a wait", async () => {
  const busy = new Set<string>();
  const remote = createRemote(({ attempt, key, accept }) => {
    if (attempt > 1 || busy.size > 0) return accept();
    busy.add(key);
    throw new ConnectorError({ outcome: "TRANSIENT", code: "http_429", message: "later", retryAfterMs: 600_000 });
  });
  const flow = aFlow(
    [call("slow"), aNode("wait", "pause", { mode: "duration", duration: { amount: 1, unit: "hours" } }), call("after")],
    "start > slow, start > pause, pause > after",
  );
  await withExecution({ flow, actions: [remote.action], dispatch: false }, async (execution) => {
    const run = await execution.start();
    await execution.temporal.poke({ kind: "run", id: run.id });
    await until(
      () => busy.size,
      (size) => size === 1,
    );
    const driver = execution.temporal.client.workflow.getHandle(`run_${run.id}`);
    const first = (await driver.describe()).runId;
    // The server suggests a new history after four megabytes; a poke carries nothing, so here it carries ballast.
    for (let n = 0; n < 14; n++) await driver.signal("poke", "x".repeat(450_000));
    const current = await until(
      () => driver.describe(),
      ({ runId }) => runId !== first,
    );
    expect(current.status.name).toBe("RUNNING");
    expect(remote.accepted).toEqual([]);
    await sql`update effect set not_before = lw_now() where owner_id = ${run.id}`.execute(servers.database.db);
    await execution.makeDue(run.id);
    await execution.temporal.poke({ kind: "run", id: run.id });
    const view = await execution.until(run.id, ({ state }) => state === "finished");
    expect(view.steps).toMatchObject({ slow: { state: "done" }, after: { state: "done" } });
    expect(remote.accepted).toHaveLength(2);
  });
});
