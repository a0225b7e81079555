import { test as base } from "@playwright/test";
import { watchConsole } from "../console-watch.js";
import { npmStart } from "./product.js";
import type { Product } from "./product.js";

interface Given {
  /** What this machine is called in addresses. */
  readonly host: string;
  readonly product: Product;
}

/** A browser before the real product, started for this test alone. Anything that its console calls an error fails the test. */
export const test = base.extend<Given>({
  host: ["127.0.0.1", { option: true }],
  product: async ({ host }, give, info) => {
    const product = await npmStart(host);
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
