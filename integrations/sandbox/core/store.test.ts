import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openStore } from "./store.js";

let dataDir: string;
beforeEach(() => {
  vi.useFakeTimers();
  dataDir = mkdtempSync(join(tmpdir(), "loopwright-store-"));
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(dataDir, { recursive: true });
});
const onDisk = () => readFileSync(join(dataDir, "sandbox.jsonl"), "utf8");

it("keeps its rows over a restart", () => {
  const store = openStore(dataDir);
  store.collection("people").put("1", { name: "Ada" });
  store.close();
  const again = openStore(dataDir);
  expect(again.collection("people").all()).toEqual([{ name: "Ada" }]);
  again.close();
});

it("leaves nothing on disk of what was replaced or deleted, ten seconds later", () => {
  const store = openStore(dataDir);
  const people = store.collection<{ name: string }>("people");
  people.put("1", { name: "Ada" });
  people.put("2", { name: "Grace" });
  people.put("1", { name: "redacted" });
  people.delete("2");
  expect(onDisk()).toContain("Ada");
  vi.advanceTimersByTime(10_000);
  expect(onDisk()).not.toMatch(/Ada|Grace/);
  people.put("3", { name: "Linus" });
  people.delete("3");
  vi.advanceTimersByTime(10_000);
  expect(onDisk()).not.toContain("Linus");
  store.close();
  const again = openStore(dataDir);
  expect(again.dump()).toEqual({ people: { "1": { name: "redacted" } } });
  again.close();
});

it("does not touch its file once it is closed", () => {
  const store = openStore(dataDir);
  store.collection("people").put("1", { name: "Ada" });
  store.collection("people").delete("1");
  store.close();
  const before = onDisk();
  vi.advanceTimersByTime(60_000);
  expect(onDisk()).toBe(before);
});
