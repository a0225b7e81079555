import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Found } from "../../integrations/connector.js";
import { ConnectorError } from "../../integrations/outcome.js";
import { aFlow, aNode } from "../../workflows/flow/testing/a-flow.js";
import { effectsOf } from "../../workflows/ledger/effect-store.js";
import { readFacts } from "../../workflows/ledger/fact-store.js";
import { openEngine, type Engine } from "../../workflows/testing/engine.js";
import { startExecution, type Execution } from "../../workflows/testing/execution.js";
import { createRemote } from "../../workflows/testing/fake-action.js";
import { createTestDatabase, type TestDatabase } from "../testing/database.js";
import { aToken, startTestApp } from "../testing/http.js";
import { createRunActions } from "./run-actions.js";
import { runRoutes } from "./run-routes.js";

let database: TestDatabase;
let engine: Engine;
const closers: (() => Promise<void>)[] = [];
beforeAll(async () => {
  [database, engine] = await Promise.all([createTestDatabase(), openEngine()]);
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(async () => {
  await engine.close();
  await database.drop();
});

const flow = aFlow(
  [aNode("action", "one", { action: "http.request@1", connectionId: null, input: { url: "https://example.com" } })],
  "start > one",
);
const unclear: Found = { kind: "inconclusive", reason: "no history" };

/** A run whose only step is in doubt: its answer was lost, and looking it up told nothing. `over` says what a look-up finds. */
async function inDoubt({ took }: { took: boolean }) {
  const over: { there: Found } = { there: unclear };
  const remote = createRemote(
    ({ attempt, accept }) => {
      if (attempt > 1) return accept();
      if (took) accept();
      throw new ConnectorError({ outcome: "AMBIGUOUS", code: "timeout", message: "no answer" });
    },
    { find: () => Promise.resolve(over.there) },
  );
  const execution = await startExecution({ db: database.db, engine, flow, actions: [remote.action] });
  closers.push(execution.stop);
  const run = await execution.start();
  await execution.until(run.id, ({ steps }) => steps["one"]?.stuck?.inDoubt === true);
  const app = await serve(execution);
  const step = (verb: string, role: "builder" | "viewer" = "builder") =>
    app.as(aToken(run.workspace_id, role))(
      "POST",
      `/api/runs/${run.id}/steps/one/${verb}`,
      verb === "retry" ? {} : undefined,
    );
  const effect = async () => (await effectsOf(database.db, { kind: "run", id: run.id }))[0];
  return { run, over, remote, execution, step, effect };
}

async function serve({ ports, temporal }: Execution) {
  const wake = (id: string) => void temporal.poke({ kind: "run", id });
  const actions = createRunActions({ db: database.db, ports: { ...ports, wake } });
  const views = {
    names: () => Promise.resolve(new Map()),
    engineUrl: () => null,
    contactOf: () => Promise.resolve(null),
  };
  const app = await startTestApp({ routes: runRoutes({ db: database.db, ports, actions, ...views }) });
  closers.push(() => app.close());
  return app;
}

async function factKinds(runId: string): Promise<string[]> {
  return (await readFacts(database.db, runId)).map(({ fact }) => fact.kind);
}

async function audited(runId: string) {
  const { rows } = await sql`select action, actor_kind from audit_event where target_id = ${runId}`.execute(
    database.db,
  );
  return rows;
}

describe("looking again for a step in doubt", () => {
  it("finds what went out after all: the step is done, and nothing is sent", async () => {
    const { run, over, remote, execution, step, effect } = await inDoubt({ took: true });
    expect(await step("retry")).toMatchObject({ status: 409, json: { code: "step_in_doubt" } });
    over.there = { kind: "found", sent: { externalId: "over-there", url: null, output: { status: 200 } } };
    expect(await step("look-again")).toMatchObject({ status: 200 });
    await execution.until(run.id, ({ state }) => state === "finished");
    expect(await effect()).toMatchObject({ state: "done", external_id: "over-there" });
    expect(remote.accepted).toHaveLength(1);
    expect(await factKinds(run.id)).toEqual(["started", "planned", "settled", "reopened", "settled", "finished"]);
    expect(await audited(run.id)).toEqual([{ action: "run.step_looked_again", actor_kind: "token" }]);
  });

  it("sends it, once, where it proves absent", async () => {
    const { run, over, remote, execution, step } = await inDoubt({ took: false });
    over.there = { kind: "absent" };
    await step("look-again");
    await execution.until(run.id, ({ state }) => state === "finished");
    expect(remote.accepted).toHaveLength(1);
  });

  it("leaves it in doubt where it stays unclear, and never sends it", async () => {
    const { run, remote, execution, step, effect } = await inDoubt({ took: true });
    const attempts = (await effect())?.attempts ?? 0;
    await step("look-again");
    await execution.until(run.id, ({ steps }) => steps["one"]?.stuck?.code === "look_up_inconclusive");
    const again = await effect();
    expect(again).toMatchObject({ state: "ambiguous", attempts: attempts + 1 });
    expect(remote.accepted).toHaveLength(1);
    expect(await step("look-again")).toMatchObject({ status: 200 });
  });

  it("gives it as long as it had at first, though its time was over", async () => {
    const { run, step, effect } = await inDoubt({ took: true });
    await sql`update effect set retry_until = lw_now() - interval '1 day'`.execute(database.db);
    await step("look-again");
    const facts = (await readFacts(database.db, run.id)).map(({ fact }) => fact);
    const reopened = facts.find(({ kind }) => kind === "reopened");
    const until = reopened?.kind === "reopened" ? Date.parse(reopened.data.retryUntil) : 0;
    // The node's own retry time is a day.
    expect(Math.round((until - Date.parse(reopened?.at ?? "")) / 60_000)).toBe(1_440);
    expect(Math.abs(Number((await effect())?.retry_until) - until)).toBeLessThan(2);
  });

  it("is only for steps in doubt, and for those who may act", async () => {
    const { run, over, execution, step } = await inDoubt({ took: true });
    expect(await step("look-again", "viewer")).toMatchObject({ status: 403 });
    over.there = { kind: "found", sent: { externalId: "over-there", url: null, output: {} } };
    const both = await Promise.all([step("look-again"), step("look-again")]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    await execution.until(run.id, ({ state }) => state === "finished");
    expect(await step("look-again")).toMatchObject({ status: 409, json: { code: "run_finished" } });
  });
});
