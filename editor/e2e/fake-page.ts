import { test as base } from "@playwright/test";
import { watchConsole } from "./console-watch.js";
import { startFakeApi } from "./fake-api.js";
import type { FakeApi, Scenario } from "./fake-api.js";

interface Given {
  readonly scenario: Scenario;
  readonly api: FakeApi;
}

/** A page of the built editor over the fake API. Anything that the console calls an error fails the test. */
export const test = base.extend<Given>({
  scenario: ["full", { option: true }],
  api: async ({ scenario }, give) => {
    const api = await startFakeApi(scenario);
    await give(api);
    await api.close();
  },
  baseURL: async ({ api }, give) => {
    await give(api.url);
  },
  page: async ({ page }, give) => {
    const complaints = watchConsole(page);
    await give(page);
    base.expect(complaints).toEqual([]);
  },
});
export const { expect } = test;
