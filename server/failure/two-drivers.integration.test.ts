import { expect, test, vi } from "vitest";
import { startProduct } from "../testing/product.js";
import { twoDriversEach } from "./testing/two-drivers.js";
import { PATIENCE_MS } from "./testing/settled.js";

vi.setConfig({ testTimeout: PATIENCE_MS });

test("two drivers for each of thirty runs do nothing twice", async () => {
  const product = await startProduct();
  try {
    await twoDriversEach(product, 30, 80_000);
    expect(product.sandbox.effects().effects).toBe(30);
  } finally {
    await product.stop();
  }
});
