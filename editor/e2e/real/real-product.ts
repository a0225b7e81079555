import { test as base } from "@playwright/test";
import { watchConsole } from "../console-watch.js";
import { npmStart } from "./product.js";
import type { Product } from "./product.js";

interface Given {
  readonly product: Product;
}

/** A browser before the real product, started for this test alone. Anything that its console calls an error fails the test. */
export const test = base.extend<Given>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs from this pattern
  product: async ({}, give, info) => {
    const product = await npmStart();
    await give(product);
    if (info.status !== info.expectedStatus)
      await info.attach("npm start", { body: product.output(), contentType: "text/plain" });
    await product.remove();
  },
  page: async ({ page }, give) => {
    const complaints = watchConsole(page);
    await give(page);
    base.expect(complaints).toEqual([]);
  },
});
export const { expect } = test;
