import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const entry = fileURLToPath(new URL("./main.ts", import.meta.url));

const run = (environment: Record<string, string>) => {
  const env = { PATH: process.env["PATH"] ?? "", ...environment };
  const child = spawn(process.execPath, ["--import", "tsx", entry], { env, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
};

test("the process says where it listens, keeps its data in the folder, and stops cleanly", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "sandbox-main-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const child = run({
    PORT: "0",
    LOOPWRIGHT_DATA_DIR: dataDir,
    LOOPWRIGHT_SANDBOX_SLACK_INTERACTIVITY_URL: "http://127.0.0.1:1/x",
  });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const ready = JSON.parse(line.toString()) as Record<string, string>;
  expect(ready).toMatchObject({ ready: true, pid: child.pid });
  for (const system of ["page", "slack", "jira", "salesforce"])
    expect(ready[system]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(readFileSync(join(dataDir, "sandbox.jsonl"), "utf8")).toContain("Maya Lindqvist");
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
}, 120_000);

test("a wrong setting names itself", async () => {
  const child = run({ PORT: "many" });
  const [complaint] = (await once(child.stderr, "data")) as [Buffer];
  expect(complaint.toString()).toContain("PORT");
  expect(await once(child, "exit")).toEqual([1, null]);
}, 120_000);
