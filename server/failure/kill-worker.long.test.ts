import { afterAll, beforeAll, expect, test } from "vitest";
import type { FlowHandle } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { killBetweenAcceptanceAndReply, killTiming } from "./testing/kill-worker.js";
import { oneActionFlows, systems, type System } from "./testing/three-systems.js";

const SEEDS = Array.from({ length: 20 }, (_, index) => 101 + index);

let product: Product;
let flows: Map<System, FlowHandle[]>;

beforeAll(async () => {
  product = await startProduct({ timing: killTiming });
  flows = await oneActionFlows(product);
});
afterAll(() => product.stop());

test.each(SEEDS)(
  "a worker killed between a side effect's acceptance and its reply does nothing twice and loses nothing (seed %i)",
  async (seed) => {
    const posted = await killBetweenAcceptanceAndReply(product, flows, seed);
    expect(posted).toHaveLength(20 * systems.length);
  },
);
