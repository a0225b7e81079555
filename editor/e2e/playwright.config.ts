import { defineConfig } from "@playwright/test";
import { launchOptions } from "./chromium.js";

/**
 * `fake` tries the built editor against the fake API, without the product. `real` does what a newcomer does: `npm start`, the
 * sign-in link, and everything behind it.
 */
export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results/e2e",
  workers: 1,
  timeout: 300_000,
  // Nothing here is about speed: a busy machine may take its time.
  expect: { timeout: 60_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    trace: "retain-on-failure",
    launchOptions,
  },
  projects: [
    { name: "fake", testMatch: "**/*.fake.ts" },
    {
      name: "real",
      testMatch: "**/*.real.ts",
      timeout: 900_000,
      use: { actionTimeout: 60_000 },
    },
  ],
});
