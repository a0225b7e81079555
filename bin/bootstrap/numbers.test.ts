import { describe, expect, it } from "vitest";
import { add, countPlaywright, countVitest, sentence, settle } from "./numbers.mjs";

describe("the numbers of a test run", () => {
  it("read as one sentence, which names skipped tests only when there are any", () => {
    expect(sentence({ passed: 3, failed: 0, skipped: 0 })).toBe("3 passed, 0 failed");
    expect(sentence(add({ passed: 3, failed: 1, skipped: 0 }, { passed: 1, failed: 0, skipped: 2 }))).toBe(
      "4 passed, 1 failed, 2 skipped",
    );
  });

  it("count a test file that could not be loaded as a failure", () => {
    const report = {
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] },
        { status: "failed", assertionResults: [] },
        { status: "passed", assertionResults: [{ status: "passed" }] },
      ],
    };
    expect(countVitest(report)).toEqual({ passed: 5, failed: 2, skipped: 3 });
  });

  it("count browser tests that passed at the second try, and errors outside tests", () => {
    const report = { stats: { expected: 4, flaky: 1, unexpected: 2, skipped: 3 }, errors: [{ message: "no server" }] };
    expect(countPlaywright(report)).toEqual({ passed: 5, failed: 3, skipped: 3 });
  });

  it("have a failure when a stage ends badly without naming one", () => {
    expect(settle({ passed: 9, failed: 0, skipped: 0 }, 1)).toEqual({ passed: 9, failed: 1, skipped: 0 });
    expect(settle({ passed: 9, failed: 2, skipped: 0 }, 1)).toEqual({ passed: 9, failed: 2, skipped: 0 });
    expect(settle({ passed: 9, failed: 0, skipped: 0 }, 0)).toEqual({ passed: 9, failed: 0, skipped: 0 });
  });
});
