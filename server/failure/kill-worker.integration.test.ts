import { afterAll, beforeAll, expect, test } from "vitest";
import type { FlowHandle } from "../testing/product-front.js";
import { startProduct, type Product } from "../testing/product.js";
import { PATIENCE_MS } from "./testing/settled.js";
import { killBetweenAcceptanceAndReply, killTiming } from "./testing/kill-worker.js";
import { oneActionFlows, systems, type System } from "./testing/three-systems.js";

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
    const posted = await killBetweenAcceptanceAndReply(product, flows, seed);
    expect(posted).toHaveLength(20 * systems.length);
  },
  PATIENCE_MS,
);
