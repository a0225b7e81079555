import { expect } from "vitest";
import { until } from "../../../workflows/testing/until.js";
import { checkInvariants } from "../../testing/invariants.js";
import { effects, runsOf } from "../../testing/ledger-views.js";
import { connect, deeds, post, publishFlow, type FlowHandle } from "../../testing/product-front.js";
import { startProduct, type Product } from "../../testing/product.js";
import { startTestTemporal } from "../../testing/servers.js";
import { inTurn } from "./in-turn.js";
import { allAtRest } from "./settled.js";
import { writesOf } from "./three-systems.js";

/**
 * Every effect was accepted and never answered, and cannot be looked up either: all stay `sending`. Then Temporal loses its whole
 * state, and the worker dies. What brings the runs back is `due_at` alone.
 */
export async function wipeTemporalWith(count: number, timeoutMs: number): Promise<void> {
  let temporal = await startTestTemporal();
  const product = await startProduct({
    temporalAddress: temporal.address,
    timing: { deadlineCapMs: 2_000, doubtScale: 1, settleMs: 500 },
  });
  try {
    const flows = await salesforceFlows(product);
    for (const match of [writesOf.salesforce, { method: "GET", path: "*/query*" }])
      product.sandbox.faults.add(
        "method" in match && match.method === "GET"
          ? { system: "salesforce", match, times: null, fault: { kind: "status", code: 503 } }
          : { system: "salesforce", match, times: null, fault: { kind: "hold_after_apply" } },
      );
    const posted = await inTurn(count, 20, (index) => post(flows[index % flows.length]!));
    await until(
      async () => countBy(await effects(product.db), ({ state, code }) => `${state} ${code ?? ""}`),
      (states) => sumOf(states, /^sending/) === count,
      { what: `${count} effects in sending`, timeoutMs, everyMs: 250 },
    );
    // Under load a call or two may have been cut before it took place; sending any of the others again would double it.
    await until(
      () => product.sandbox.effects().effects,
      (taken) => taken > count * 0.9,
      { what: "most of them to take place", timeoutMs, everyMs: 50 },
    );
    await Promise.all([temporal.stop(), product.roles().worker.kill()]);
    product.sandbox.faults.clear();
    temporal = await startTestTemporal({ port: Number(temporal.address.split(":")[1]) });
    await product.startWorker();
    await allAtRest(product.db, count, timeoutMs);
    expect((await runsOf(product.db)).filter(({ state }) => state !== "finished")).toEqual([]);
    expect(product.sandbox.effects()).toMatchObject({ keys: count, effects: count, duplicates: [] });
    await checkInvariants(product, posted);
  } finally {
    await product.stop();
    await temporal.stop();
  }
}

function countBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[nameOf(item)] = (counts[nameOf(item)] ?? 0) + 1;
  return counts;
}

const sumOf = (counts: Readonly<Record<string, number>>, names: RegExp): number =>
  Object.entries(counts).reduce((sum, [name, count]) => sum + (names.test(name) ? count : 0), 0);

/** Ten writes a second each: several connections are several rate slots. */
async function salesforceFlows(product: Product): Promise<FlowHandle[]> {
  const flows = [];
  for (const name of ["one", "two"]) {
    const connection = await connect(product.api, product.sandbox, "salesforce");
    flows.push(
      await publishFlow(product.api, name, {
        nodes: [["deed", "action", deeds.salesforce(connection)]],
        edges: "start > deed",
      }),
    );
  }
  return flows;
}
