import { defineConfig } from "vitest/config";

const long = process.env["LOOPWRIGHT_LONG"] === "1";

/** Names say what a test needs: `.integration.test` real servers, `.long.test` minutes, `.dom.test` a document. */
const INTEGRATION = "**/*.integration.test.ts";
const LONG = "**/*.long.test.ts";
const DOM = "**/*.dom.test.{ts,tsx}";
const EXCLUDED = ["node_modules/**", "dist/**", "editor/e2e/**", ".loopwright/**"];

/** No test is about time: only one that hangs ends by it, however busy the machine. */
const HUNG_MS = 60_000;

/** Pure tests leave nothing behind, so files share a thread: a third of the time that a process for each would take. */
const PURE = {
  pool: "threads",
  isolate: false,
  maxWorkers: "100%",
  testTimeout: HUNG_MS,
  expect: { poll: { timeout: HUNG_MS } },
} as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...PURE,
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...EXCLUDED, INTEGRATION, LONG, DOM],
        },
      },
      { test: { ...PURE, name: "dom", include: [DOM], exclude: EXCLUDED, environment: "happy-dom" } },
      {
        test: {
          name: "integration",
          include: long ? [LONG] : [INTEGRATION],
          exclude: EXCLUDED,
          globalSetup: ["server/testing/global-setup.ts"],
          testTimeout: long ? 1_800_000 : 300_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: HUNG_MS } },
          maxWorkers: 2,
        },
      },
    ],
  },
});
