/** What a test run came to. `failures` tells each failed test again: the end of a log is what people get to see. */
export const NOTHING = { passed: 0, failed: 0, skipped: 0, failures: [] };

export const add = (left, right) => ({
  passed: left.passed + right.passed,
  failed: left.failed + right.failed,
  skipped: left.skipped + right.skipped,
  failures: [...left.failures, ...right.failures],
});

export function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Of vitest's JSON report. A file that could not even be loaded has no tests: it counts as one failure. */
export function countVitest(report) {
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...unloaded.map(({ name, message }) => failure(name, message)),
      ...report.testResults.flatMap(({ assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === "failed")
          .map(({ fullName, failureMessages }) => failure(fullName, failureMessages[0])),
      ),
    ],
  };
}

/** Of Playwright's JSON report. A flaky test passed in the end; errors outside tests (a server that did not start) count too. */
export function countPlaywright({ stats, suites = [], errors = [] }) {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
    failures: [
      ...suites
        .flatMap(specsOf)
        .filter(({ ok }) => !ok)
        .map(({ title, tests }) => failure(title, tests[0]?.results.at(-1)?.error?.message)),
      ...errors.map(({ message }) => failure("outside the tests", message)),
    ],
  };
}

const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)];

/** Enough of a message to see what was expected and what was there. */
const failure = (name, message = "") => [name, ...message.split("\n").slice(0, 12)].join("\n    ").trimEnd();

/** A stage that died, or failed without naming a test, is one failure more than none. */
export function settle(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
