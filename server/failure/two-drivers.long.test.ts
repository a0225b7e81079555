import { expect, test } from "vitest";
import { startProduct } from "../testing/product.js";
import { twoDriversEach } from "./testing/two-drivers.js";

test("two drivers for each of 1,000 runs do nothing twice", async () => {
  const product = await startProduct();
  try {
    await twoDriversEach(product, 1_000, 800_000);
    expect(product.sandbox.effects().effects).toBe(1_000);
  } finally {
    await product.stop();
  }
});
