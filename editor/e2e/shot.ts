import type { Page } from "@playwright/test";
import type { Scenario } from "./fake-api.js";

/** A page in a state that it can be in, and in which answers of the API it is looked at. */
export interface Shot {
  readonly name: string;
  readonly path: string;
  readonly scenarios: readonly Scenario[];
  readonly act?: (page: Page) => Promise<void>;
}
