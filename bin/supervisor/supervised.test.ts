import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { superviseProcess } from "./supervised.js";

/** Supervises a program until it died once; resolves with the line that told of it. */
async function deathOf(program: string, logged = ""): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "loopwright-supervised-"));
  const logFile = join(folder, "worker.log");
  writeFileSync(logFile, logged);
  let tell: (line: string) => void = () => undefined;
  const told = new Promise<string>((resolve) => (tell = resolve));
  const supervised = superviseProcess(
    {
      role: "worker",
      command: process.execPath,
      args: ["-e", program],
      env: {},
      logFile,
      end: { signal: "SIGTERM", graceMs: 5_000 },
    },
    { terminal: { line: (text) => tell(text) }, changed: () => undefined },
  );
  onTestFinished(async () => {
    await supervised.stop();
    rmSync(folder, { recursive: true });
  });
  return told;
}

test("a death is told with the last thing that this process wrote, not with an error that stood in its log before", async () => {
  const program = `console.log('{"msg":"Error: tried again and mended"}'); console.error("The disk is full."); process.exit(3)`;
  expect(await deathOf(program, "Error: of yesterday\n")).toMatch(
    /^worker ended \(exit code 3; its last words: The disk is full\.\); starting it again in 0\.2 s\. Its log: .+worker\.log$/,
  );
});

test("a process that dies without a word is told without one, whatever the process before it wrote", async () => {
  expect(await deathOf("process.kill(process.pid, 'SIGKILL')", "Error: of yesterday\n")).toMatch(
    /^worker ended \(signal SIGKILL\); starting it again/,
  );
});

test("words are found in a log that was moved aside at the start", async () => {
  expect(await deathOf("throw new TypeError('no port')", "Error: old\n".repeat(500_000))).toContain(
    "(exit code 1; its last words: TypeError: no port)",
  );
});
