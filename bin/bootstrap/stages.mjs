import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium, hasDebianPostgres } from "./machine.mjs";
import { countPlaywright, countVitest, NOTHING, settle } from "./numbers.mjs";
import { runVisibly } from "./run.mjs";

const PLAYWRIGHT_CONFIG = "editor/e2e/playwright.config.ts";
const STORAGE = ".storage.integration.test.ts";
/** Whole loops, from the hook to the last effect. */
const LOOPS = ["main-job", "waiting", "run-actions", "broken-connection", "halted-run"].map(
  (name) => `server/front-door/${name}.`,
);
/** Everything that starts the product. */
const PRODUCTS = ["server/front-door", "server/failure", "server/runs"];
const long = process.env.LOOPWRIGHT_LONG === "1";

const projects = (...names) => names.flatMap((name) => ["--project", name]);

/**
 * The stages of `npm test`. `skip` says why a stage cannot run here (then it counts as one skipped); a stage whose files do not
 * exist is left out.
 */
export const STAGES = long
  ? [
      { name: "long proofs", exists: () => true, run: (root) => vitest(root, projects("integration")) },
      withoutLane("products without the fast lane", PRODUCTS),
    ]
  : [
      { name: "unit tests", exists: () => true, run: (root) => vitest(root, projects("unit", "dom")) },
      // A run of its own: vitest does not mix projects with different numbers of workers.
      { name: "integration tests", exists: () => true, run: (root) => vitest(root, projects("integration")) },
      withoutLane("loops without the fast lane", LOOPS),
      {
        name: "storage tests on Debian's PostgreSQL",
        exists: hasStorageTests,
        skip: () => (hasDebianPostgres() ? undefined : "Debian's PostgreSQL is not installed"),
        run: (root) => vitest(root, [...projects("integration"), STORAGE], { LOOPWRIGHT_TEST_POSTGRES: "debian" }),
      },
      {
        name: "browser tests",
        exists: (root) => existsSync(join(root, PLAYWRIGHT_CONFIG)),
        skip: () => (findChromium() === undefined ? "there is no Chromium (LOOPWRIGHT_CHROMIUM names one)" : undefined),
        run: playwright,
      },
    ];

/** The suite runs both ways: once more with a workflow for each run. */
function withoutLane(name, files) {
  const env = { LOOPWRIGHT_FAST_LANE: "off", LOOPWRIGHT_LONG: "" };
  return { name, exists: () => true, run: (root) => vitest(root, [...projects("integration"), ...files], env) };
}

function hasStorageTests(root) {
  const files = ["server", "workflows"].flatMap((folder) => readdirSync(join(root, folder), { recursive: true }));
  return files.some((file) => file.endsWith(STORAGE));
}

async function vitest(root, args, env = {}) {
  return withReport(async (report) => {
    const code = await runNode(
      root,
      [
        "node_modules/vitest/vitest.mjs",
        "run",
        ...args,
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${report}`,
      ],
      env,
    );
    return settleRun(report, countVitest, code);
  });
}

async function playwright(root) {
  return withReport(async (report) => {
    const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report, LOOPWRIGHT_CHROMIUM: findChromium() };
    const args = ["node_modules/@playwright/test/cli.js", "test", "-c", PLAYWRIGHT_CONFIG, "--reporter=list,json"];
    return settleRun(report, countPlaywright, await runNode(root, args, env));
  });
}

const runNode = (root, args, env) => runVisibly(process.execPath, args, { cwd: root, env: { ...process.env, ...env } });

/** No report means that the runner died. */
const settleRun = (report, count, code) =>
  settle(existsSync(report) ? count(JSON.parse(readFileSync(report, "utf8"))) : { ...NOTHING, failed: 1 }, code);

async function withReport(work) {
  const folder = mkdtempSync(join(tmpdir(), "loopwright-report-"));
  try {
    return await work(join(folder, "report.json"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
