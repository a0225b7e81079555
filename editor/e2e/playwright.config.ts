import { defineConfig } from "@playwright/test";

/**
 * `fake` tries the built editor against the fake API, without the product. `product` does what a newcomer does: the product runs
 * already, at LOOPWRIGHT_E2E_URL.
 */
export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results/e2e",
  workers: 1,
  timeout: 60_000,
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env["LOOPWRIGHT_CHROMIUM"] ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    },
  },
  projects: [
    { name: "fake", testMatch: "**/*.fake.ts" },
    {
      name: "product",
      testMatch: "**/*.product.ts",
      use: { baseURL: process.env["LOOPWRIGHT_E2E_URL"] ?? "http://127.0.0.1:4000" },
    },
  ],
});
