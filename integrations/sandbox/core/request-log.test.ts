import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openRequestLog, type LogEntry, type RequestLog } from "./request-log.js";

const changed = (): void => undefined;

function folder(): string {
  const dataDir = mkdtempSync(join(tmpdir(), "sandbox-log-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  return dataDir;
}

function open(dataDir: string | undefined): RequestLog {
  const log = openRequestLog({ dataDir, changed });
  onTestFinished(() => log.close());
  return log;
}

const call = (at: number): LogEntry => ({
  at,
  system: "jira",
  direction: "in",
  method: "POST",
  path: "/issue",
  operation: "POST /issue",
  status: null,
});

test("the last 1,000 calls are kept, in memory and over a restart, and the file does not grow without end", () => {
  const dataDir = folder();
  const log = open(dataDir);
  for (let at = 0; at < 10_000; at++) log.note(log.add(call(at)), { status: 200 });
  const kept = Array.from({ length: 1000 }, (_, place) => ({ ...call(9000 + place), status: 200 }));
  expect(log.all()).toEqual(kept);
  expect(open(dataDir).all()).toEqual(kept);
  expect(statSync(join(dataDir, "sandbox-log.jsonl")).size).toBeLessThan(2_000_000);
});

test("of a file that something else made huge only the end is read", () => {
  const dataDir = folder();
  open(dataDir).add(call(1));
  const file = join(dataDir, "sandbox-log.jsonl");
  const line = readFileSync(file, "utf8");
  writeFileSync(file, `not JSON ${"x".repeat(5_000_000)}\n`);
  appendFileSync(file, line);
  expect(open(dataDir).all()).toEqual([call(1)]);
});

test("a call that was cut is there with its fault and without a status", () => {
  const dataDir = folder();
  const log = open(dataDir);
  log.note(log.add(call(1)), { fault: "rst_after_apply" });
  expect(open(dataDir).all()).toEqual([{ ...call(1), fault: "rst_after_apply" }]);
});

test("cleared is cleared for the next start too", () => {
  const dataDir = folder();
  const log = open(dataDir);
  log.add(call(1));
  log.clear();
  expect(open(dataDir).all()).toEqual([]);
});
