import { afterAll, beforeAll, expect, test } from "vitest";
import { effects, runsOf } from "../testing/ledger-views.js";
import type { FlowHandle } from "../testing/product-api.js";
import { startProduct, type Product } from "../testing/product.js";
import { killBetweenAcceptanceAndReply, killTiming } from "./testing/kill-worker.js";
import { oneActionFlows, type System } from "./testing/three-systems.js";

let product: Product;
let flows: Map<System, FlowHandle[]>;

beforeAll(async () => {
  product = await startProduct({ timing: killTiming });
  flows = await oneActionFlows(product);
});
afterAll(() => product.stop());

test.each([1, 2])(
  "a worker killed between a side effect's acceptance and its reply does nothing twice and loses nothing (seed %i)",
  async (seed) => {
    await killBetweenAcceptanceAndReply(product, flows, seed);
    // All three systems let their effects be found by key, so nothing needs to stay in doubt.
    expect((await effects(product.db)).filter(({ state }) => state !== "done")).toEqual([]);
    expect((await runsOf(product.db)).filter(({ state }) => state !== "finished")).toEqual([]);
  },
);
