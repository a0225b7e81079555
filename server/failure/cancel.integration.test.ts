import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { until } from "../../workflows/testing/until.js";
import { checkInvariants } from "../testing/invariants.js";
import { effects, runsOf } from "../testing/ledger-views.js";
import { connect, deeds, post, publishFlow } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { allAtRest, PATIENCE_MS } from "./testing/settled.js";
import { systems, writesOf, type System } from "./testing/three-systems.js";

vi.setConfig({ testTimeout: PATIENCE_MS });

let product: Product;
beforeAll(async () => {
  product = await startProduct({ timing: { deadlineCapMs: 30_000 } });
});
afterAll(() => product.stop());

/** Two deeds, one after the other: the second must never leave once the run is cancelled. */
async function twoDeeds(system: System) {
  const { api, sandbox } = product;
  const connection = await connect(api, sandbox, system);
  const deed = system === "slack" ? deeds.slack(connection, "#cx") : deeds[system](connection);
  return publishFlow(api, `two in ${system}`, {
    nodes: [
      ["one", "action", deed],
      ["two", "action", deed],
    ],
    edges: "start > one, one > two",
  });
}

test.each(systems)(
  "a run cancelled while a call to %s is in the air ends with what went out, and sends nothing more",
  async (system) => {
    const { db, sandbox, api } = product;
    const flow = await twoDeeds(system);
    const rule = sandbox.faults.add({ system, match: writesOf[system], times: 1, fault: { kind: "hold_after_apply" } });
    const posted = await post(flow);
    const runId = posted.runIds[0] ?? "";
    await until(
      () => sandbox.faults.list().find(({ id }) => id === rule)?.struck,
      (struck) => struck === 1,
      { what: "a call in the air" },
    );
    expect((await api("POST", `/api/runs/${runId}/cancel`)).json).toEqual({ state: "cancelled" });
    sandbox.faults.remove(rule);
    await allAtRest(db, 1);
    expect((await runsOf(db)).find(({ id }) => id === runId)).toMatchObject({ state: "cancelled" });
    const mine = (await effects(db)).filter(({ owner_id }) => owner_id === runId);
    expect(mine.map(({ node_id, state }) => ({ node_id, state }))).toEqual([{ node_id: "one", state: "done" }]);
    expect(sandbox.effects(mine[0]!.key).effects).toBe(1);
    await checkInvariants(product, [posted]);
  },
);
