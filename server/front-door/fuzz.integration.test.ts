import { expect, it } from "vitest";
import { everybody, useFuzzedProduct } from "./testing/fuzz/fuzzed-product.js";

/** The same requests every time; `fuzz.long.test.ts` sends others. */
const SEED = 20_261_123;
const fuzzAs = await useFuzzedProduct();

it.each(everybody)(
  "whatever the API is asked by %s, it answers as its document says, and never with a secret",
  async (who) => {
    console.info(`fuzzing as ${who}: seed ${SEED}`);
    const statuses = await fuzzAs(who, { seed: SEED, numRuns: 600 });
    // Requests that are refused alike would prove nothing.
    expect([...statuses.keys()].length).toBeGreaterThan(who === "nobody" ? 2 : 4);
  },
);
