import { expect, it } from "vitest";
import { everybody, useFuzzedProduct } from "./testing/fuzz/fuzzed-product.js";

const FOR_MS = 40_000;
const fuzzAs = await useFuzzedProduct();

it.each(everybody)("for as long as the API is asked by %s, it answers as its document says", async (who) => {
  const seed = Date.now() % 2 ** 31;
  console.info(`fuzzing as ${who}: seed ${seed}`);
  const statuses = await fuzzAs(who, { seed, numRuns: 1_000_000, forMs: FOR_MS });
  expect(statuses.get(200) ?? 0).toBeGreaterThan(10);
});
