import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const script = fileURLToPath(new URL("../.ci/run", import.meta.url));

let repository: string;
beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), "loopwright-ci-"));
  mkdirSync(join(repository, ".ci"));
  cpSync(script, join(repository, ".ci", "run"));
});
afterEach(() => rmSync(repository, { recursive: true }));

/** Runs the script on a repository whose commands are these shell lines. */
function ci(
  check: string,
  test: string,
  bench = "echo from click to every card drawn",
): Promise<{ code: number; lastLine: string | undefined }> {
  writeFileSync(join(repository, "package.json"), JSON.stringify({ scripts: { check, test, bench } }));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], { cwd: repository });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "all");
  writeFileSync(join(repository, "uncommitted"), "");
  return new Promise((resolve) => {
    execFile(join(repository, ".ci", "run"), (error, stdout) => {
      resolve({ code: error === null ? 0 : Number(error.code), lastLine: stdout.trim().split("\n").at(-1) });
    });
  });
}

describe("the CI script", () => {
  it("adds up both commands, run on the committed state alone", async () => {
    const outcome = await ci("test ! -e uncommitted && echo 6 passed, 0 failed", "echo 10 passed, 0 failed, 2 skipped");
    expect(outcome).toEqual({ code: 0, lastLine: "16 passed, 0 failed, 2 skipped" });
  });

  it("runs the tests even when a check failed, and fails", async () => {
    const outcome = await ci("echo 5 passed, 1 failed; exit 1", "echo 10 passed, 0 failed");
    expect(outcome).toEqual({ code: 1, lastLine: "15 passed, 1 failed" });
  });

  it("fails where nothing could be measured, whatever the figures are", async () => {
    const outcome = await ci("echo 6 passed, 0 failed", "echo 10 passed, 0 failed", "exit 1");
    expect(outcome).toEqual({ code: 1, lastLine: "16 passed, 1 failed" });
  });

  it("counts a command that dies without numbers as a failure", async () => {
    expect(await ci("echo 6 passed, 0 failed", "echo Segmentation fault; exit 139")).toEqual({
      code: 1,
      lastLine: "6 passed, 1 failed",
    });
  });
});
