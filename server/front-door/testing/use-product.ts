import { afterAll, beforeAll, expect } from "vitest";
import type { Client } from "../../testing/http.js";
import { apiAs } from "./clients.js";
import { startProduct, type Product, type ProductOptions } from "./product.js";

interface Use extends ProductOptions {
  /** The tests break something, so that errors are logged. */
  readonly breaks?: boolean;
}

/** The product before a file's tests, and its end after them; both can be used from the first hook on. `api` speaks as an admin. */
export function useProduct({ breaks = false, ...options }: Use = {}): {
  readonly product: Product;
  readonly api: Client;
} {
  const product = {} as Product;
  let admin: Client;
  beforeAll(async () => {
    Object.assign(product, await startProduct(options));
    admin = await apiAs(product, "admin");
  });
  afterAll(async () => {
    const wentWrongInTheBackground = [...product.errors];
    await product.stop();
    if (!breaks) expect(wentWrongInTheBackground).toEqual([]);
  });
  return { product, api: (...asked) => admin(...asked) };
}
