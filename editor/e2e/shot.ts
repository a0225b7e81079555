import type { Page } from "@playwright/test";
import type { Scenario } from "./fake-api.js";

export const always: readonly Scenario[] = ["full", "empty", "error"];
export const full: readonly Scenario[] = ["full"];

/** A step of a flow: on the canvas, or in the list that stands in its place on a phone. */
export const stepOf = (name: string): string =>
  `:is(.react-flow__node[data-id="${name}"], .lw-row[data-key="step:${name}"])`;

/** A page in a state that it can be in, and in which answers of the API it is looked at. */
export interface Shot {
  readonly name: string;
  readonly path: string;
  readonly scenarios: readonly Scenario[];
  readonly act?: (page: Page) => Promise<void>;
}
