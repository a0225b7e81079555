import { describe, expect, it } from "vitest";
import { add, countPlaywright, countVitest, NOTHING, sentence, settle } from "./numbers.mjs";

describe("the numbers of a test run", () => {
  it("read as one sentence, which names skipped tests only when there are any", () => {
    expect(sentence({ ...NOTHING, passed: 3 })).toBe("3 passed, 0 failed");
    const both = add({ ...NOTHING, passed: 3, failed: 1, failures: ["a"] }, { ...NOTHING, passed: 1, skipped: 2 });
    expect(sentence(both)).toBe("4 passed, 1 failed, 2 skipped");
    expect(both.failures).toEqual(["a"]);
  });

  it("count a test file that could not be loaded as a failure", () => {
    const report = {
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        {
          status: "failed",
          assertionResults: [
            { status: "failed", fullName: "adds", failureMessages: ["expected 3\nto be 4"] },
            { status: "passed", fullName: "takes away" },
          ],
        },
        { status: "failed", name: "/lost.test.ts", message: "no such module", assertionResults: [] },
        { status: "passed", assertionResults: [{ status: "passed" }] },
      ],
    };
    const failures = ["/lost.test.ts\n    no such module", "adds\n    expected 3\n    to be 4"];
    expect(countVitest(report)).toEqual({ passed: 5, failed: 2, skipped: 3, failures });
  });

  it("count browser tests that passed at the second try, and errors outside tests", () => {
    const timedOut = { ok: false, title: "draws", tests: [{ results: [{ error: { message: "timed out" } }] }] };
    const report = {
      stats: { expected: 4, flaky: 1, unexpected: 1, skipped: 3 },
      suites: [{ specs: [{ ok: true, title: "signs in", tests: [] }], suites: [{ specs: [timedOut] }] }],
      errors: [{ message: "no server" }],
    };
    const failures = ["draws\n    timed out", "outside the tests\n    no server"];
    expect(countPlaywright(report)).toEqual({ passed: 5, failed: 2, skipped: 3, failures });
  });

  it("have a failure when a stage ends badly without naming one", () => {
    const nine = { ...NOTHING, passed: 9 };
    expect(settle(nine, 1)).toEqual({ ...nine, failed: 1 });
    expect(settle({ ...nine, failed: 2 }, 1)).toEqual({ ...nine, failed: 2 });
    expect(settle(nine, 0)).toEqual(nine);
  });
});
